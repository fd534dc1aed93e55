/** One thing that a project needs, and how far it is there. */
export type Step =
  | { readonly kind: 'there'; readonly path: string }
  | { readonly kind: 'write'; readonly path: string; readonly change: FileChange }
  | {
      readonly kind: 'by-hand'
      /** Absent where nobody knows which file it is. */
      readonly path?: string
      readonly reason: string
      /** What to write there. */
      readonly lines: string
    }

/** A text before and after; no text before where there is no file. */
export interface FileChange {
  readonly before: string | undefined
  readonly after: string
}

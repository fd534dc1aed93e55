import type { Entry, Estimate, Key, Verdict } from '../ports.ts'

/** Where an image's bytes come from. */
export type Source =
  /** The store holds it, under the defaults of today or (`isPinned`) under older ones. */
  | { readonly kind: 'stored'; readonly entry: Entry; readonly isPinned: boolean }
  /** Another image of the store was bought by the same request. */
  | { readonly kind: 'shared'; readonly entry: Entry }
  /** It was bought when its style had another text, and a person keeps it as it was. */
  | { readonly kind: 'kept'; readonly entry: Entry }
  /** An earlier image of this plan is bought by the same request. */
  | { readonly kind: 'twin'; readonly key: Key }
  | {
      readonly kind: 'new'
      readonly estimate: Estimate
      /** The style of another text by which it was bought before. */
      readonly formerStyle?: string
    }
  /** Missing, and on drafts alone, for which nothing is bought. */
  | { readonly kind: 'draft'; readonly estimate: Estimate }
  /** An earlier attempt ended in a refusal or without a known outcome. */
  | { readonly kind: 'barred'; readonly verdict: Verdict; readonly estimate: Estimate }
  /** The look-up could not tell, or what it found is damaged or gone. */
  | { readonly kind: 'fault'; readonly fault: StoreFault }

/** What keeps a look-up from being a hit without making it a miss. */
export interface StoreFault {
  readonly kind: 'unknown' | 'damaged' | 'lost'
  readonly message: string
  /** Whether nothing of it is here, and a remote alone says neither that it has it nor that it has not. */
  readonly isElsewhere?: true
}

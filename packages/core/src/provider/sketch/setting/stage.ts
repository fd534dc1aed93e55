import type { Brief } from '../brief.ts'
import type { Canvas } from '../canvas.ts'
import type { Stands } from '../motif/motifs.ts'
import type { SubjectName } from '../word/subjects.ts'

/** A box that a motif is fitted into; it stands on the middle of the lower edge. */
export interface Spot {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** A place, drawn, with room for its subjects. */
export interface Stage {
  readonly behind: string
  readonly before: string
  readonly hero: Spot
  /** Room for further subjects, nearest to the hero first. */
  readonly sides: readonly Spot[]
  /** What walks in where the prompt names no subject. */
  readonly guests: readonly SubjectName[]
  /** Subjects that float are mirrored. */
  readonly mirrors?: boolean
}

export type Setting = (canvas: Canvas, brief: Brief, stands: Stands | undefined) => Stage

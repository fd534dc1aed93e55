import type { Size } from '../../ports.ts'

/** A shape, such as `16:9`. */
export type AspectRatio = `${number}:${number}`

/** The offered ratio whose shape is nearest to a size, by the factor between them; nothing where none is offered. */
export function nearestRatio(size: Size, offered: readonly AspectRatio[]): AspectRatio | undefined {
  const wanted = Math.log(size.width / size.height)
  return offered.toSorted(
    (one, other) => Math.abs(shapeOf(one) - wanted) - Math.abs(shapeOf(other) - wanted),
  )[0]
}

/** Whether a text is a ratio of two positive numbers. */
export function isAspectRatio(text: string): boolean {
  return /^\d+(?:\.\d+)?:\d+(?:\.\d+)?$/.test(text) && Number.isFinite(shapeOf(text))
}

function shapeOf(ratio: string): number {
  const [width = '', height = ''] = ratio.split(':')
  return Math.log(Number(width) / Number(height))
}

import { round } from './canvas.ts'
import { bar, box, line, times } from './shape.ts'

export type Mark = 'sketch' | 'placeholder'

/** What a mark is laid on: units as in `Canvas`, and how many pixels one unit is. */
export interface Sheet {
  readonly width: number
  readonly height: number
  readonly pixels: number
}

/** Says what the picture is, so that nobody takes it for a bought one. Letters are strokes: no font is needed. */
export function markOver(sheet: Sheet, mark: Mark): string {
  switch (mark) {
    case 'sketch':
      return label(sheet, {
        word: 'SKETCH',
        tall: Math.max(15, 7 / sheet.pixels),
        opacity: 0.82,
        inset: 24,
      })
    case 'placeholder':
      return (
        frame(sheet) +
        label(sheet, {
          word: 'PLACEHOLDER',
          tall: Math.max(24, 8 / sheet.pixels),
          opacity: 0.96,
          inset: 52,
        })
      )
  }
}

interface Label {
  readonly word: string
  /** Height of a letter in units. */
  readonly tall: number
  readonly opacity: number
  readonly inset: number
}

/** Letters on a grid 4 wide and 6 tall. */
const letters: Readonly<Record<string, string>> = {
  A: 'M0 6L2 0L4 6M.8 4H3.2',
  C: 'M4 1Q3.4 0 2 0Q0 0 0 3T2 6Q3.4 6 4 5',
  D: 'M0 0V6H1.6Q4 6 4 3T1.6 0z',
  E: 'M4 0H0V6H4M0 3H3.2',
  H: 'M0 0V6M4 0V6M0 3H4',
  K: 'M0 0V6M4 0L0 3.6M1.4 2.6L4 6',
  L: 'M0 0V6H4',
  O: 'M2 0Q4 0 4 3T2 6T0 3T2 0z',
  P: 'M0 6V0H2.4Q4 0 4 1.7T2.4 3.4H0',
  R: 'M0 6V0H2.4Q4 0 4 1.7T2.4 3.4H0M2.2 3.4L4 6',
  S: 'M4 .9Q3.4 0 2 0Q0 0 0 1.6T2 3T4 4.4T2 6Q.6 6 0 5.1',
  T: 'M0 0H4M2 0V6',
}

function label({ width, height }: Sheet, { word, tall, opacity, inset }: Label): string {
  const unit = tall / 6
  const long = (word.length * 6 - 2) * unit
  const [wide, high] = [long + tall * 1.7, tall * 1.9]
  const [right, bottom] = [width - inset, height - inset]
  const strokes = [...word].map(
    (letter, at) => `<path d="${letters[letter] ?? ''}" transform="translate(${at * 6} 0)"/>`,
  )
  const shift = `translate(${round(right - wide / 2 - long / 2)} ${round(bottom - high / 2 - tall / 2)}) scale(${round(unit)})`
  return [
    `<g opacity="${opacity}"><path d="${bar(right - wide / 2, bottom - high / 2, wide, high)}" fill="#fffaf0"/>`,
    `<g transform="${shift}" fill="none" stroke="#20242e" stroke-width="1" stroke-linecap="round" stroke-linejoin="round">${strokes.join('')}</g></g>`,
  ].join('')
}

function frame({ width, height }: Sheet): string {
  const inset = 22
  const stripes = times(
    (width + height) / 72,
    (at) => `M${at * 72} -10L${round(at * 72 - height - 20)} ${round(height + 10)}`,
  )
  const edge = box(inset, inset, width - 2 * inset, height - 2 * inset)
  return [
    `<g opacity=".2">${line(stripes.join(''), '#fffaf0', 14)}</g>`,
    `<path d="${edge}" fill="none" stroke="#fffaf0" stroke-width="15"/>`,
    `<path d="${edge}" fill="none" stroke="#20242e" stroke-width="7" stroke-dasharray="34 22"/>`,
  ].join('')
}

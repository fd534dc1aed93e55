/** Strokes of each digit in a box of 10 by 16: a machine that draws pictures may have no fonts. */
const strokes: readonly string[] = [
  'M5 1C8 1 9 4 9 8S8 15 5 15 1 12 1 8 2 1 5 1Z',
  'M2 4 5.5 1V15',
  'M1.2 4.6C1.5 2.2 3 1 5 1 7.3 1 9 2.6 9 4.8 9 8 1.8 11 1.2 15H9',
  'M1.3 3.2C2 1.7 3.4 1 5 1 7.2 1 8.6 2.5 8.6 4.4 8.6 6.5 7 7.7 4.5 7.7 7.4 7.7 9 9.2 9 11.3 9 13.6 7.3 15 5 15 3.2 15 1.7 14.2 1 12.6',
  'M7 15V1L1 10.5H9.3',
  'M8.5 1H2.3L1.6 7.2C2.6 6.3 3.7 6 5 6 7.4 6 9 7.9 9 10.4 9 13.1 7.3 15 5 15 3.2 15 1.7 14.2 1 12.7',
  'M8.2 2.4C7.4 1.5 6.4 1 5.3 1 2.6 1 1 4 1 8.6 1 12.8 2.6 15 5 15S9 13 9 10.6 7.4 6.4 5.2 6.4 1 8 1 10.6',
  'M1 1H9L4 15',
  'M5 7.5C2.9 7.5 1.5 6 1.5 4.2 1.5 2.3 3 1 5 1S8.5 2.3 8.5 4.2C8.5 6 7.1 7.5 5 7.5 2.6 7.5 1 9.1 1 11.2 1 13.5 2.7 15 5 15S9 13.5 9 11.2C9 9.1 7.4 7.5 5 7.5Z',
  'M1.8 13.6C2.6 14.5 3.6 15 4.7 15 7.4 15 9 12 9 7.4 9 3.2 7.4 1 5 1S1 3 1 5.4 2.6 9.6 4.8 9.6 9 8 9 5.4',
]

const advance = 13

/** The SVG path of a whole number, 16 units high. */
export function numberPath(number: number): string {
  const digits = [...String(number)]
  return digits
    .map((digit, at) => {
      const path = strokes[Number(digit)] ?? ''
      return `<path transform="translate(${at * advance} 0)" d="${path}"/>`
    })
    .join('')
}

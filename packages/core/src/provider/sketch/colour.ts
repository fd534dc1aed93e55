/** `#rrggbb`, lower case. */
export type Colour = string

/** A colour on the straight way from one to another; `share` runs from 0 to 1. */
export function mix(from: Colour, to: Colour, share: number): Colour {
  const start = channels(from)
  const end = channels(to)
  const mixed = start.map((value, at) => Math.round(value + ((end[at] ?? value) - value) * share))
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}

/** How light a colour looks, from 0 (black) to 1 (white). Rec. 601 weights. */
export function lightness(colour: Colour): number {
  const [red = 0, green = 0, blue = 0] = channels(colour)
  return (red * 0.299 + green * 0.587 + blue * 0.114) / 255
}

/** Mixed with black. */
export function darker(colour: Colour, share: number): Colour {
  return mix(colour, '#0b0a14', share)
}

/** Mixed with a warm white. */
export function lighter(colour: Colour, share: number): Colour {
  return mix(colour, '#fffaf0', share)
}

function channels(colour: Colour): readonly number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
}

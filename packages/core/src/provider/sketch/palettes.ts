import type { Colour } from './colour.ts'

/** The light of an hour: the sky, and what it does to everything under it. */
export interface Light {
  /** At the top of the sky. */
  readonly sky: Colour
  /** At the horizon. */
  readonly glow: Colour
  /** Sun or moon. */
  readonly sun: Colour
  readonly far: Colour
  readonly middle: Colour
  readonly near: Colour
  readonly ink: Colour
  readonly paper: Colour
  readonly accent: Colour
  readonly second: Colour
  /** What shade is mixed with, and how much of it natural colours take. */
  readonly ambient: Colour
  readonly dim: number
  /** Lamps are on. */
  readonly isLit: boolean
}

/** At least one palette. */
type Rows = readonly [Light, ...Light[]]

const day: Rows = [
  lit(
    '#79c0d0 #f3efd9 #fff4c4 #a3c6b4 #64a184 #2f6e5e #173d42 #fffaf0 #e8603f #f3bd3f',
    '#bcdce0',
    0.04,
  ),
  lit(
    '#f0dfbd #f9f0dc #e98447 #bfc7a6 #759e8c #2f6064 #1d3742 #fff9ec #d8502f #e7b03a',
    '#e9d3a4',
    0.08,
  ),
  lit(
    '#a9d2dc #fdeed6 #ffe9a8 #b3c4d4 #7fa79d #3c7468 #24424a #fffaf1 #ec6a5c #f5b84b',
    '#cfe0de',
    0.05,
  ),
  lit(
    '#f6c9b4 #fdeadb #f0684e #d5b7b4 #8fa59c #4a7670 #233f48 #fff8f0 #d9493c #eeb24a',
    '#f3c9b2',
    0.08,
  ),
]

const dusk: Rows = [
  lamps(
    '#2c3c6e #f5a35f #ffdf9e #7a5f86 #4d4a7c #2a3059 #171c3a #fff0da #ef6b4b #f6c14f',
    '#3a3468',
    0.36,
  ),
  lamps(
    '#5a3c73 #ff9d78 #ffe2b4 #a9597c #6f4270 #402856 #231633 #fff0e0 #ff6f5c #ffc768',
    '#4e2f63',
    0.36,
  ),
  lamps(
    '#1f5066 #fbb069 #fff0bf #5d7d83 #365f6b #1d3f4d #0f2731 #fff3de #f26b45 #f7c65b',
    '#1f4456',
    0.36,
  ),
]

const dawn: Rows = [
  lit(
    '#8db9cc #fcd8c0 #fff5da #b9b9d2 #8199b2 #4d6985 #273b54 #fff8ee #ee8876 #f5c873',
    '#a9b4d0',
    0.18,
  ),
  lit(
    '#c7a6c0 #ffe1c4 #ff9a76 #c6a5bd #8d84ab #555f8a #2b3359 #fff6ec #ee7566 #f7c675',
    '#b79bc0',
    0.18,
  ),
]

const night: Rows = [
  lamps(
    '#0b1a3e #35558a #f8f0cf #2a4878 #1d3560 #12244a #08122b #eef1e4 #f08a4b #f7c65c',
    '#0f2350',
    0.5,
  ),
  lamps(
    '#05222f #2a6f70 #f6edc9 #21585d #15454d #0c303a #051a22 #f3f0dc #f2894f #f5c96a',
    '#0a3340',
    0.5,
  ),
  lamps(
    '#1c1440 #5b4a92 #fbeccd #443a7d #312a66 #1f1b4a #100d2b #f4eee8 #f27a6a #f8c667',
    '#1f1a52',
    0.5,
  ),
]

const rain: Rows = [
  lamps(
    '#4a6272 #c3ccc6 #eef0e2 #8ba0a3 #5d7a80 #38555d #1b2f38 #f5f3e8 #e4693f #efbd4c',
    '#4f6a78',
    0.24,
  ),
]

const storm: Rows = [
  lamps(
    '#232c3f #8d98a0 #f5efcf #5d6c7c #3f4f61 #263547 #121b28 #f2f0e6 #e8663e #f4c94f',
    '#27364a',
    0.36,
  ),
]

const fog: Rows = [
  lit(
    '#c3cccb #efece3 #fdf6e4 #d3d6d1 #a9b5b4 #71868a #34484f #fbf8f0 #d9694c #dfb364',
    '#ccd3d0',
    0.28,
  ),
]

const snow: Rows = [
  lit(
    '#bcd3e2 #f8efe8 #fde0c4 #b4c9d8 #d3e0e8 #f3f7f8 #26405a #ffffff #cf4638 #e8ae48',
    '#c4d6e4',
    0.12,
  ),
]

/** Palettes by hour and weather; the words of a prompt choose the list, chance the row. */
export const lights: Readonly<Record<LightName, Rows>> = {
  day,
  dusk,
  dawn,
  night,
  rain,
  storm,
  fog,
  snow,
}

export type LightName = 'day' | 'dusk' | 'dawn' | 'night' | 'rain' | 'storm' | 'fog' | 'snow'

/** Ground colours of a season or a country: far, middle, near. */
export const grounds = {
  spring: ['#bfd8a8', '#8cbf75', '#4f9060'],
  summer: ['#b9cf87', '#7fb069', '#3e7d55'],
  autumn: ['#dba55c', '#c06d35', '#7c3f2b'],
  winter: ['#b4c9d8', '#d3e0e8', '#f3f7f8'],
  desert: ['#e6b27a', '#d98a52', '#b85f3c'],
} as const

/** Colours in the order of the fields of `Light`, parted by blanks. */
function lit(row: string, ambient: Colour, dim: number): Light {
  return { ...fields(row), ambient, dim, isLit: false }
}

function lamps(row: string, ambient: Colour, dim: number): Light {
  return { ...fields(row), ambient, dim, isLit: true }
}

function fields(row: string): Omit<Light, 'ambient' | 'dim' | 'isLit'> {
  const [
    sky = '',
    glow = '',
    sun = '',
    far = '',
    middle = '',
    near = '',
    ink = '',
    paper = '',
    ...rest
  ] = row.split(' ')
  const [accent = '', second = ''] = rest
  return { sky, glow, sun, far, middle, near, ink, paper, accent, second }
}

import { lightness, mix } from './colour.ts'
import type { Colour } from './colour.ts'

export type Texture = 'grain' | 'wash' | 'hatch' | 'carve' | 'grid' | 'halftone' | 'none'
type Tone = 'full' | 'soft' | 'wash' | 'graphite' | 'two-inks' | 'riso' | 'blueprint'

export type MediumName =
  | 'gouache'
  | 'flat'
  | 'poster'
  | 'watercolour'
  | 'pastel'
  | 'ink'
  | 'pencil'
  | 'linocut'
  | 'riso'
  | 'blueprint'
  | 'papercut'
  | 'glass'

/** How a technique treats shapes and colours. */
export interface Medium {
  readonly tone: Tone
  readonly texture: Texture
  /** Width of the line round every shape; 0 for none. */
  readonly line: number
  readonly lineColour: Colour
  /** 1 covers what lies beneath. */
  readonly cover: number
  /** Shapes throw a shadow, as cut paper does. */
  readonly shadow: boolean
  /** Sun and moon where they keep a colour of their own. */
  readonly sun?: Colour
  /** A margin of bare paper round the picture. */
  readonly margin: boolean
}

const plain: Medium = {
  tone: 'full',
  texture: 'grain',
  line: 0,
  lineColour: '#000000',
  cover: 1,
  shadow: false,
  margin: false,
}

const media: Readonly<Record<MediumName, Medium>> = {
  gouache: plain,
  flat: { ...plain, texture: 'none' },
  poster: { ...plain, margin: true },
  watercolour: {
    ...plain,
    tone: 'soft',
    texture: 'wash',
    line: 2,
    lineColour: '#46536b',
    cover: 0.86,
    margin: true,
  },
  pastel: { ...plain, tone: 'soft', texture: 'grain' },
  ink: {
    ...plain,
    tone: 'wash',
    texture: 'wash',
    line: 2.6,
    lineColour: '#1d2026',
    sun: '#c63d2c',
    margin: true,
  },
  pencil: {
    ...plain,
    tone: 'graphite',
    texture: 'hatch',
    line: 2.2,
    lineColour: '#45464c',
    sun: '#f1dcae',
    margin: true,
  },
  linocut: {
    ...plain,
    tone: 'two-inks',
    texture: 'carve',
    line: 3.4,
    lineColour: '#f3ead6',
    margin: true,
  },
  riso: { ...plain, tone: 'riso', texture: 'halftone', cover: 0.96, margin: true },
  blueprint: { ...plain, tone: 'blueprint', texture: 'grid', line: 2.4, lineColour: '#dcebff' },
  papercut: { ...plain, texture: 'none', shadow: true },
  glass: { ...plain, texture: 'none', line: 7, lineColour: '#1b1a22' },
}

export function mediumOf(name: MediumName): Medium {
  return media[name]
}

/** The colour as the medium can show it. */
export function toned(medium: Medium, colour: Colour): Colour {
  const light = lightness(colour)
  switch (medium.tone) {
    case 'full':
      return colour
    case 'soft':
      return mix(colour, '#fbf6ea', 0.24)
    case 'wash':
      return mix('#15171c', '#f6f1e6', Math.min(1, Math.max(0, light * 1.5 - 0.24)))
    case 'graphite':
      return mix(mix('#4e4f56', '#f8f5ee', Math.min(1, 0.06 + light * 1.1)), colour, 0.2)
    case 'two-inks':
      return inkOf(light, ['#1f2a33', '#2f5d63', '#d9563b', '#e9b24c', '#f3ead6'])
    case 'riso':
      return inkOf(light, ['#223a8f', '#3f63c4', '#ff5c6c', '#ffb39a', '#fff3e2'])
    case 'blueprint':
      return mix('#123a72', '#2b62a8', light)
  }
}

function inkOf(light: number, inks: readonly Colour[]): Colour {
  const steps = [0.22, 0.38, 0.58, 0.76]
  const place = steps.filter((step) => light >= step).length
  return inks[place] ?? '#000000'
}

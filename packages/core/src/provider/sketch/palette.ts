import { darker, lighter, mix } from './colour.ts'
import type { Colour } from './colour.ts'
import type { Brief } from './brief.ts'
import { mediumOf, toned } from './medium.ts'
import { grounds, lights } from './palettes.ts'
import type { Light, LightName } from './palettes.ts'
import type { Random } from './random.ts'

/** The colours of one picture, as its medium shows them. */
export interface Palette extends Light {
  /** Glass with or without a lamp behind it. */
  readonly window: Colour
  /** The colour that the prompt gives to the subject being drawn. */
  readonly named: Colour | undefined
}

/** Chooses and bends a palette by the words of the prompt. */
export function paletteOf(brief: Brief, random: Random): Palette {
  const light = coloured(seasoned(lightOf(brief, random), brief), brief)
  const medium = mediumOf(brief.medium)
  const tone = (colour: Colour): Colour => toned(medium, colour)
  return {
    ...light,
    sky: tone(light.sky),
    glow: tone(light.glow),
    sun: medium.sun ?? tone(light.sun),
    far: tone(light.far),
    middle: tone(light.middle),
    near: tone(light.near),
    ink: tone(light.ink),
    paper: tone(light.paper),
    accent: tone(light.accent),
    second: tone(light.second),
    window: tone(light.isLit ? lighter('#f9c45a', 0.12) : mix(light.ink, light.sky, 0.35)),
    named: undefined,
  }
}

function lightOf(brief: Brief, random: Random): Light {
  return random.pick(...lights[lightNameOf(brief)])
}

function lightNameOf({ hour, weather, season, setting }: Brief): LightName {
  if (setting === 'space') return 'night'
  if (weather === 'storm') return 'storm'
  if (hour === 'night' || hour === 'dusk') return hour
  if (weather === 'rain' || weather === 'fog') return weather
  if (season === 'winter' && hour === undefined) return 'snow'
  return hour ?? 'day'
}

function seasoned(light: Light, { season, setting }: Brief): Light {
  const name = setting === 'desert' ? 'desert' : season
  if (name === undefined) return light
  const [far, middle, near] = grounds[name]
  const bend = (colour: Colour, share: number): Colour =>
    mix(colour, light.ambient, Math.min(0.72, light.dim * share))
  return {
    ...light,
    far: mix(bend(far, 1.2), light.glow, 0.25),
    middle: bend(middle, 1.2),
    near: bend(near, 1.3),
  }
}

function coloured(light: Light, { colours, isTinted }: Brief): Light {
  const [first, next = first] = colours
  if (first === undefined || next === undefined) return light
  const second = next === first ? light.second : next
  if (!isTinted) return { ...light, accent: first, second }
  const [deep, bright] = [darker(first, 0.45), lighter(next, 0.55)]
  return {
    ...light,
    sky: mix(light.sky, first, 0.7),
    glow: mix(light.glow, bright, 0.7),
    far: mix(light.far, mix(first, next, 0.4), 0.7),
    middle: mix(light.middle, mix(first, next, 0.15), 0.75),
    near: mix(light.near, deep, 0.75),
    ink: mix(light.ink, darker(first, 0.75), 0.7),
    accent: next,
    second: lighter(first, 0.25),
  }
}

import type { Colour } from './colour.ts'
import type { MediumName } from './medium.ts'
import type { Random } from './random.ts'
import { colours, tintWords } from './word/colours.ts'
import { indexOf, lookup, namesOf, without, wordsOf } from './word/lookup.ts'
import type { Match } from './word/lookup.ts'
import { mediumWords } from './word/media.ts'
import { bodies, hours, seasons, weathers } from './word/moods.ts'
import type { Body, Hour, Season, Weather } from './word/moods.ts'
import { settings } from './word/settings.ts'
import type { SettingName } from './word/settings.ts'
import { subjects } from './word/subjects.ts'
import type { SubjectName } from './word/subjects.ts'

/** A subject with the colour that the prompt gives to it. */
export interface Named {
  readonly name: SubjectName
  readonly colour: Colour | undefined
}

/** What the words of a prompt ask for. */
export interface Brief {
  readonly subjects: readonly Named[]
  readonly setting: SettingName
  /** Outdoors, as seen through a window. */
  readonly view: SettingName
  readonly hour: Hour | undefined
  readonly weather: Weather | undefined
  readonly season: Season | undefined
  readonly bodies: readonly Body[]
  readonly colours: readonly Colour[]
  /** The colours are those of the whole picture, not of its subject. */
  readonly isTinted: boolean
  readonly medium: MediumName
}

/** Reads a prompt; where its words say nothing of the place, chance chooses one. */
export function briefOf(prompt: string, random: Random): Brief {
  const text = wordsOf(prompt)
  const media = lookup(text, mediumIndex)
  const words = without(text, media)
  const hourly = lookup(words, hourIndex)
  const hues = lookup(without(words, hourly), colourIndex)
  const things = lookup(words, subjectIndex)
  const places = namesOf(lookup(words, settingIndex))
  return {
    subjects: namedOf(things, hues),
    setting:
      settingOf(things[0]?.name, places) ??
      random.pick('meadow', 'coast', 'mountains', 'abstract', 'table', 'forest'),
    view: places.find((name) => outdoors.has(name)) ?? random.pick('meadow', 'mountains', 'coast'),
    hour: hourly[0]?.name,
    weather: lookup(words, weatherIndex)[0]?.name,
    season: lookup(words, seasonIndex)[0]?.name,
    bodies: namesOf(lookup(words, bodyIndex)),
    colours: namesOf(hues),
    isTinted: lookup(words, tintIndex).length > 0,
    medium: media[0]?.name ?? 'gouache',
  }
}

const subjectIndex = indexOf<SubjectName>({
  ...subjects.coast,
  ...subjects.meadow,
  ...subjects.forest,
  ...subjects.mountains,
  ...subjects.city,
  ...subjects.street,
  ...subjects.air,
  ...subjects.space,
  ...subjects.table,
  ...subjects.garden,
  ...subjects.underwater,
  ...subjects.desert,
  ...subjects.map,
  ...subjects.diagram,
})
const settingIndex = indexOf(settings)
const mediumIndex = indexOf(mediumWords)
const hourIndex = indexOf(hours)
const weatherIndex = indexOf(weathers)
const seasonIndex = indexOf(seasons)
const bodyIndex = indexOf(bodies)
const tintIndex = indexOf({ tint: tintWords })
const colourIndex = indexOf(colours)

const outdoors: ReadonlySet<SettingName> = new Set([
  'meadow',
  'mountains',
  'coast',
  'city',
  'forest',
  'desert',
])

/** Places that a subject elsewhere at home does not change: `a pattern of lemons` is a pattern. */
const framing: ReadonlySet<SettingName> = new Set([
  'pattern',
  'diagram',
  'map',
  'slab',
  'space',
  'underwater',
  'table',
])

function settingOf(
  thing: SubjectName | undefined,
  places: readonly SettingName[],
): SettingName | undefined {
  const home =
    thing === undefined ? undefined : homes.find((name) => Object.hasOwn(subjects[name], thing))
  return places.find((name) => framing.has(name)) ?? places[0] ?? home
}

const homes = [
  'coast',
  'meadow',
  'forest',
  'mountains',
  'city',
  'street',
  'air',
  'space',
  'table',
  'garden',
  'underwater',
  'desert',
  'map',
  'diagram',
] as const

/** A colour belongs to the first subject within the three words after it, or to the only subject. */
function namedOf(
  things: readonly Match<SubjectName>[],
  hues: readonly Match<Colour>[],
): readonly Named[] {
  const names = namesOf(things)
  return names.map((name) => {
    const at = things.find((thing) => thing.name === name)?.at ?? 0
    const near = hues.find(
      (hue) =>
        hue.at < at &&
        at - hue.at <= 3 &&
        !things.some((thing) => thing.at > hue.at && thing.at < at),
    )
    return { name, colour: near?.name ?? (names.length === 1 ? hues[0]?.name : undefined) }
  })
}

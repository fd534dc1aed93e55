import { describe, expect, test } from 'vitest'
import { briefOf } from '../../../packages/core/src/provider/sketch/brief.ts'
import type { Brief } from '../../../packages/core/src/provider/sketch/brief.ts'
import { colours } from '../../../packages/core/src/provider/sketch/word/colours.ts'
import { mediumWords } from '../../../packages/core/src/provider/sketch/word/media.ts'
import {
  bodies,
  hours,
  seasons,
  weathers,
} from '../../../packages/core/src/provider/sketch/word/moods.ts'
import { settings } from '../../../packages/core/src/provider/sketch/word/settings.ts'
import { subjects } from '../../../packages/core/src/provider/sketch/word/subjects.ts'
import { randomOf } from '../../../packages/core/src/provider/sketch/random.ts'

function read(prompt: string): Brief {
  return briefOf(prompt, randomOf(prompt))
}

function subjectsOf(prompt: string): readonly string[] {
  return read(prompt).subjects.map(({ name }) => name)
}

type Table = Readonly<Record<string, string>>

/** Every word of a table that does not read as the name of its row. */
function misread(table: Table, nameOf: (brief: Brief) => string | undefined): readonly string[] {
  return Object.entries(table).flatMap(([name, words]) =>
    words.split(/,\s*/).filter((word) => nameOf(read(`the ${word}`)) !== name),
  )
}

describe('the vocabulary', () => {
  test.for(Object.entries<Table>(subjects))('knows each thing at home at %s', ([, table]) => {
    expect(misread(table, (brief) => brief.subjects[0]?.name)).toEqual([])
  })

  test('knows each place, medium, hour, weather, season and colour', () => {
    expect(misread(settings, (brief) => brief.setting)).toEqual([])
    expect(misread(mediumWords, (brief) => brief.medium)).toEqual([])
    expect(misread(hours, (brief) => brief.hour)).toEqual([])
    expect(misread(weathers, (brief) => brief.weather)).toEqual([])
    expect(misread(seasons, (brief) => brief.season)).toEqual([])
    expect(misread(bodies, (brief) => brief.bodies[0])).toEqual([])
    expect(misread(colours, (brief) => brief.colours[0])).toEqual([])
  })

  test('holds several hundred words', () => {
    const tables: readonly Table[] = [settings, mediumWords, ...Object.values<Table>(subjects)]
    const words = tables.flatMap((table) => Object.values(table).flatMap((row) => row.split(',')))
    expect(words.length).toBeGreaterThan(600)
  })
})

describe('reading a prompt', () => {
  test.for([
    ['a lighthouse at dusk', ['lighthouse']],
    ['two foxes and three butterflies', ['fox', 'butterfly']],
    ['rows of houses', ['house']],
    ['a vase of flowers', ['vase']],
    ['a paper boat', ['paperboat']],
    ['a hill without trees', []],
    ['Föxe', []],
    ['A FOX', ['fox']],
  ] as const)('finds the subjects of %s', ([prompt, names]) => {
    expect(subjectsOf(prompt)).toEqual(names)
  })

  test.for([
    ['a lighthouse', 'coast'],
    ['a cat in the city', 'city'],
    ['a pattern of lemons', 'pattern'],
    ['an isometric house', 'slab'],
    ['a stained glass window of a sailboat', 'coast'],
    ['a cat on a desk in the city', 'table'],
  ] as const)('puts %s at the %s', ([prompt, setting]) => {
    expect(read(prompt).setting).toBe(setting)
  })

  test.for([
    ['a harbour at sunset', { hour: 'dusk' }],
    ['foggy winter morning', { hour: 'dawn', weather: 'fog', season: 'winter' }],
    ['thunderstorm at midnight', { hour: 'night', weather: 'storm' }],
    ['falling leaves in October rain', { weather: 'rain', season: 'autumn' }],
    ['a boat, linocut', { medium: 'linocut' }],
    ['a boat, cut paper', { medium: 'papercut' }],
    ['a boat, Aquarelle', { medium: 'watercolour' }],
    ['a boat', { medium: 'gouache', hour: undefined, weather: undefined, season: undefined }],
  ] as const)('reads hour, weather, season and medium of %s', ([prompt, moods]) => {
    expect(read(prompt)).toMatchObject(moods)
  })

  test('gives a colour to the subject that follows it', () => {
    const [cat, house] = read('a black cat before a big red house').subjects
    expect(cat).toEqual({ name: 'cat', colour: '#2a2c36' })
    expect(house).toEqual({ name: 'house', colour: '#d2402f' })
  })

  test('takes no colour from the name of an hour', () => {
    expect(read('a boat at golden hour').colours).toEqual([])
  })

  test('dips the whole picture where the words speak of a palette', () => {
    expect(read('mountains, palette of teal and pink').isTinted).toBe(true)
    expect(read('a teal boat').isTinted).toBe(false)
  })

  test('chooses one place for words that name none, and keeps to it', () => {
    expect(read('the meaning of quality')).toEqual(read('the meaning of quality'))
    const places = Array.from({ length: 40 }, (_, at) => read(`zzz ${'q'.repeat(at)}`).setting)
    expect(new Set(places).size).toBeGreaterThan(3)
  })
})

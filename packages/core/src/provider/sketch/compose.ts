import type { Size } from '../../ports.ts'
import { briefOf } from './brief.ts'
import type { Brief, Named } from './brief.ts'
import { dressed, place, round } from './canvas.ts'
import type { Canvas } from './canvas.ts'
import { markOver } from './mark.ts'
import type { Mark } from './mark.ts'
import { mediumOf } from './medium.ts'
import { motifs } from './motif/motifs.ts'
import { paletteOf } from './palette.ts'
import { randomOf } from './random.ts'
import { openAir, settings } from './setting/settings.ts'
import type { Spot, Stage } from './setting/stage.ts'
import { ellipse, tint } from './shape.ts'
import { textureOver } from './texture.ts'
import { weatherOver } from './weather.ts'
import type { SettingName } from './word/settings.ts'
import type { SubjectName } from './word/subjects.ts'

/** What is to be drawn. */
export interface SketchInput {
  readonly prompt: string
  /** Pixels. */
  readonly size: Size
  /** Counts from 1; another number is another arrangement. */
  readonly take: number
  readonly seed?: number
  /** `low`, `medium` or `high`: how fine the work is. */
  readonly quality?: string
  /** `transparent` leaves the ground out. */
  readonly background?: string
}

/** The picture as the text of an SVG document; equal inputs give equal texts. */
export function composeSketch(input: SketchInput, mark: Mark): string {
  const { size, background } = input
  const pixels = Math.min(size.width, size.height) / 1000
  const [width, height] = [size.width / pixels, size.height / pixels]
  const brief = briefOf(input.prompt, randomOf(input.prompt))
  const canvas = canvasOf(input, brief, { width, height })
  const body = background === 'transparent' ? cutOut(canvas, brief) : scene(canvas, brief)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" viewBox="0 0 ${round(width)} ${round(height)}" preserveAspectRatio="none">`,
    body,
    markOver({ width, height, pixels }, mark),
    '</svg>',
  ].join('')
}

const details: Readonly<Record<string, number>> = { low: 0.55, medium: 1, high: 1.35 }

function canvasOf(input: SketchInput, brief: Brief, size: Size): Canvas {
  const random = randomOf(`${input.prompt}|${input.take}|${input.seed ?? ''}`)
  return {
    ...size,
    random,
    palette: paletteOf(brief, random.branch('palette')),
    medium: mediumOf(brief.medium),
    detail: details[input.quality ?? 'medium'] ?? 1,
    scale: 1,
    prefix: '',
  }
}

function scene(canvas: Canvas, brief: Brief): string {
  const [first] = brief.subjects
  const stage = settings[brief.setting](
    canvas,
    brief,
    first === undefined ? undefined : motifs[first.name].stands,
  )
  const isOpen = openAir.has(brief.setting)
  return [
    stage.behind,
    cast(canvas, brief, stage),
    stage.before,
    isOpen ? weatherOver(canvas, brief) : '',
    textureOver(canvas),
  ].join('')
}

function cast(canvas: Canvas, brief: Brief, stage: Stage): string {
  if (stage.hero.width === 0) return ''
  const isEmpty = brief.subjects.length === 0
  const names = isEmpty ? guestsOf(canvas, stage) : brief.subjects.slice(0, 4)
  const hero = isEmpty ? smaller(stage.hero) : stage.hero
  return names
    .map((named, at) => ({
      named,
      spot: lifted(canvas, brief, { named, spot: at === 0 ? hero : stage.sides[at - 1] }),
    }))
    .toSorted((a, b) => (a.spot?.y ?? 0) - (b.spot?.y ?? 0))
    .map(({ named, spot }) =>
      spot === undefined ? '' : subject(canvas, { named, spot, mirrors: stage.mirrors === true }),
    )
    .join('')
}

function guestsOf({ random }: Canvas, { guests }: Stage): readonly Named[] {
  const [first, ...others] = guests
  return first === undefined ? [] : [plain(random.pick(first, ...others))]
}

function plain(name: SubjectName): Named {
  return { name, colour: undefined }
}

function smaller(spot: Spot): Spot {
  return { ...spot, width: spot.width * 0.62, height: spot.height * 0.62 }
}

/** What flies is raised above the land. */
function lifted({ height }: Canvas, { setting }: Brief, { named, spot }: Wanted): Spot | undefined {
  if (spot === undefined || motifs[named.name].stands !== 'air' || !landed.has(setting)) return spot
  return { ...spot, y: Math.min(spot.y - height * 0.12, height * 0.64) }
}

interface Wanted {
  readonly named: Named
  readonly spot: Spot | undefined
}

const landed: ReadonlySet<SettingName> = new Set([
  'meadow',
  'mountains',
  'coast',
  'city',
  'forest',
  'desert',
  'street',
  'garden',
])

interface Subject {
  readonly named: Named
  readonly spot: Spot
  readonly mirrors: boolean
}

function subject(canvas: Canvas, { named, spot, mirrors }: Subject): string {
  const { draw, width, height, stands } = motifs[named.name]
  const scale = Math.min(spot.width / width, spot.height / height)
  const flip = canvas.random.chance(0.5)
  const drawn = place(dressed(canvas, named), draw, { x: spot.x, y: spot.y, scale, flip })
  if (stands === 'air') return drawn
  if (mirrors && stands === 'water') {
    const mirrored = `<g transform="translate(0 ${round(spot.y * 1.42 + scale * 2)}) scale(1 -.42)" opacity=".2">${drawn}</g>`
    return mirrored + drawn
  }
  return (
    tint(
      ellipse(spot.x, spot.y, width * scale * 0.46, Math.max(6, scale * 3.4)),
      canvas.palette.ink,
      0.26,
    ) + drawn
  )
}

function cutOut(canvas: Canvas, brief: Brief): string {
  const { width, height } = canvas
  const names =
    brief.subjects.length === 0
      ? [plain(canvas.random.pick('flower', 'house', 'sailboat', 'mushroom', 'teapot'))]
      : brief.subjects.slice(0, 3)
  const slot = (width * 0.86) / names.length
  return names
    .map((named, at) =>
      subject(canvas, {
        named,
        mirrors: false,
        spot: {
          x: width * 0.07 + slot * (at + 0.5),
          y: height * 0.88,
          width: slot * 0.96,
          height: height * (at === 0 ? 0.76 : 0.6),
        },
      }),
    )
    .join('')
}

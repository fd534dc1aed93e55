import type { Settings } from '../config/settings.ts'
import { asRaw } from '../directive/as-raw.ts'
import type { Directive, RawAttribute } from '../directive/directive.ts'
import type { Problem } from '../problem.ts'
import { readAttributes } from './attributes.ts'
import type { ImageRequest } from './image-request.ts'
import type { Known } from './known.ts'
import { namedModel } from './named-model.ts'
import { requestFor } from './request.ts'
import { targetOf } from './target.ts'

/** How drafts of a picture are made, as far as somebody says: drafts that are made in another way are others. */
export interface DraftLook {
  /** `MODEL` or `PROVIDER/MODEL`. @default that of the picture */
  readonly model?: string
  /** @default that of the picture */
  readonly size?: string
  /** @default the lowest that the model has */
  readonly quality?: string
}

/** A project, as far as a directive refers to it. */
export interface DraftContext {
  readonly settings: Settings
  readonly known: Known
}

/** Drafts of a picture, or every problem that keeps its directive from having any. */
export type Drafts =
  | { readonly requests: readonly ImageRequest[]; readonly warnings: readonly Problem[] }
  | { readonly problems: readonly Problem[] }

/**
 * Asks for drafts of the picture of a directive, by their numbers, which count from 1. Each is another roll of the dice,
 * whatever `take` and `seed` the directive names. No directive shares a draft, as none can be marked so; a draft of an
 * unpublished page is bought all the same, as a person asks for it.
 */
export function draftsOf(
  directive: Directive,
  numbers: readonly number[],
  look: DraftLook,
  { settings, known }: DraftContext,
): Drafts {
  const understood = requestFor(drafted(directive, look, settings), settings, known)
  if ('problems' in understood) return understood
  const { request, warnings = [] } = understood
  return { requests: numbers.map((number) => numbered(request, number)), warnings }
}

function numbered(request: ImageRequest, number: number): ImageRequest {
  return {
    ...request,
    place: { ...request.place, draft: number },
    explicit: new Map([...request.explicit, ['draft', String(number)]]),
    request: { ...request.request, take: number, draft: true },
    isDraft: false,
  }
}

/** The directive with what its drafts have in place of its own words. */
function drafted(directive: Directive, look: DraftLook, settings: Settings): Directive {
  const { model, size } = look
  const maker = (model === undefined ? undefined : namedModel(model, settings)) ?? { model }
  const chosen = withAttributes(directive, { ...maker, size })
  const own = chosen.attributes.filter(({ name }) => !rolled.has(name))
  const unrolled = { ...chosen, attributes: own }
  const quality = look.quality ?? lowestQuality(unrolled, settings)
  return withAttributes(unrolled, { quality })
}

/** What makes one take differ from another, or dear. */
const rolled: ReadonlySet<string> = new Set(['take', 'seed', 'quality'])

function lowestQuality(directive: Directive, settings: Settings): string | undefined {
  const { model } = targetOf(readAttributes(directive).texts, settings)
  if (model?.honours.includes('quality') !== true) return undefined
  return model.qualities.find((one) => one !== 'auto')
}

function withAttributes(
  { attributes, ...directive }: Directive,
  values: Readonly<Record<string, string | undefined>>,
): Directive {
  const added = Object.entries(values).flatMap(([name, value]): readonly RawAttribute[] =>
    value === undefined ? [] : [{ name, value: asRaw(value), place: directive.place }],
  )
  const names = new Set(added.map(({ name }) => name))
  return {
    ...directive,
    attributes: [...attributes.filter(({ name }) => !names.has(name)), ...added],
  }
}

import { type Settings, defaultQuality } from '../config/settings.ts'
import type { Capability, Model, Provider, Size } from '../ports.ts'
import type { Fault } from '../problem.ts'
import { coveringFrame, describeFrames, formatSize } from '../size-rule.ts'
import type { AttributeTexts } from './attributes.ts'
import { nearestOf } from '../nearest.ts'
import { readSize } from './size.ts'

/** Who is to make a picture, and in which size; a part that a fault keeps from being known is absent. */
export interface Target {
  readonly provider?: Provider
  readonly model?: Model
  /** Exact pixels of the finished picture. */
  readonly wanted?: Size
  /** The size that the model makes; it covers the wanted one. */
  readonly size?: Size
  readonly faults: readonly Fault[]
}

/** Finds provider, model and size of a directive under a configuration. */
export function targetOf(texts: AttributeTexts, settings: Settings): Target {
  const providerId = texts.get('provider') ?? settings.provider.id
  const provider = settings.providers.get(providerId)
  if (provider === undefined)
    return { faults: [unexpected('provider', providerId, [...settings.providers.keys()])] }
  const modelId = texts.get('model') ?? defaultModel(provider, settings)
  const model = provider.models.find((one) => one.id === modelId || one.aliases.includes(modelId))
  if (model === undefined) {
    return { faults: [unknownModel(modelId, provider)] }
  }
  const wanted = readSize(texts.get('size') ?? settings.size)
  const frames = framesOf(texts)
  const size = wanted && coveringFrame(wanted, model.sizes, frames)
  return {
    provider,
    model,
    ...(wanted && { wanted }),
    ...(size && { size }),
    faults: [
      ...(wanted === undefined || size !== undefined ? [] : [tooLarge(wanted, model, frames)]),
      ...capabilityFaults(texts, provider, model),
      ...outside('quality', qualityOf(texts, model, settings), model.qualities),
    ],
  }
}

/** How many frames a directive asks for; nothing for a still picture. */
export function framesOf(texts: AttributeTexts): number | undefined {
  const text = texts.get('animated')
  return text === undefined ? undefined : Number(text)
}

/** The quality that a model is asked for; nothing where it knows none. */
export function qualityOf(
  texts: AttributeTexts,
  model: Model,
  settings: Settings,
): string | undefined {
  if (!model.honours.includes('quality')) return undefined
  const written = texts.get('quality') ?? settings.quality
  const isOwn = written !== defaultQuality || model.qualities.includes(written)
  // A model with other words than ours is asked for the first of them, rather than for a word that nobody wrote.
  return isOwn ? written : model.qualities[0]
}

/** The configuration's model belongs to its default provider; any other speaks for itself. */
function defaultModel(provider: Provider, settings: Settings): string {
  return provider === settings.provider ? settings.model : provider.defaultModel
}

const capabilities: readonly Capability[] = [
  'quality',
  'background',
  'moderation',
  'seed',
  'complexity',
  'rendering',
  'ref',
  'mask',
  'vary',
  'animated',
  'vector',
]

function capabilityFaults(
  texts: AttributeTexts,
  provider: Provider,
  model: Model,
): readonly Fault[] {
  const unsupported = capabilities
    .filter((name) => texts.has(name) && !model.honours.includes(name))
    .map((name): Fault => ({
      kind: 'attribute-unsupported',
      name,
      provider: provider.id,
      model: model.id,
    }))
  if (unsupported.length > 0) return unsupported
  return [
    ...outside('background', texts.get('background'), model.backgrounds),
    ...outside('rendering', texts.get('rendering'), model.renderings ?? []),
    ...frameFaults(texts, model),
    ...exclusions(texts),
  ]
}

function frameFaults(texts: AttributeTexts, { frames: allowed }: Model): readonly Fault[] {
  const frames = framesOf(texts)
  if (frames === undefined || allowed === undefined) return []
  if (frames >= allowed.min && frames <= allowed.max) return []
  const expected = `a whole number from ${allowed.min} to ${allowed.max}`
  return [{ kind: 'attribute-value', name: 'animated', actual: String(frames), expected }]
}

/** What no picture can be at once. A transparent background takes PNG or WebP, by `images.d.ts` of openai 7.57. */
function exclusions(texts: AttributeTexts): readonly Fault[] {
  const isClear = texts.get('background') === 'transparent'
  const pairs = [
    ['vector', 'animated'],
    ['mask', 'animated'],
    ['mask', 'vector'],
    ...(isClear
      ? ([
          ['background', 'animated'],
          ['background', 'vector'],
        ] as const)
      : []),
  ] as const
  return pairs
    .filter((pair) => pair.every((name) => texts.has(name)))
    .map(([name, other]) => ({ kind: 'attribute-excludes', name, other }))
}

function outside(
  name: string,
  actual: string | undefined,
  allowed: readonly string[],
): readonly Fault[] {
  if (actual === undefined || allowed.length === 0 || allowed.includes(actual)) return []
  return [unexpected(name, actual, allowed)]
}

/** One that retires is not recommended; a moving name is what most people know a model by. */
function unknownModel(actual: string, { models }: Provider): Fault {
  const staying = models.filter(({ retiresOn }) => retiresOn === undefined)
  const nearest = nearestOf(
    actual,
    staying.flatMap(({ id, aliases }) => [...aliases, id]),
  )
  const known = staying.map(({ id }) => id)
  return { ...unexpected('model', actual, known), nearest }
}

function tooLarge(wanted: Size, model: Model, frames: number | undefined): Fault {
  return {
    kind: 'size-impossible',
    actual: formatSize(wanted),
    model: model.id,
    limit: describeFrames(model.sizes, frames),
  }
}

function unexpected(
  name: string,
  actual: string,
  allowed: readonly string[],
): Fault & { readonly kind: 'attribute-value' } {
  const expected = allowed.map((one) => `\`${one}\``).join(', ')
  return {
    kind: 'attribute-value',
    name,
    actual,
    expected: expected || 'none: none is configured',
    nearest: nearestOf(actual, allowed),
  }
}

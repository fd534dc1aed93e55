import type { Settings } from '../config/settings.ts'
import type { Directive } from '../directive/directive.ts'
import type {
  Capability,
  DigitalSourceType,
  Model,
  Place,
  Provider,
  RecordedRequest,
  Size,
} from '../ports.ts'
import type { Fault, Problem } from '../problem.ts'
import { type AttributeTexts, boughtOf, readAttributes } from './attributes.ts'
import { type Display, displayOf } from './display.ts'
import { canonicalText, forbiddenCharacter, wrapPrompt } from './prompt.ts'
import { coveringSize, describeRule, formatSize, readSize } from './size.ts'

/** A directive that was understood: what its author wrote, what a provider would be asked, how it is shown. */
export interface ImageRequest {
  readonly place: Place
  /** Canonical text with the author's marks, before the style's template. */
  readonly prompt: string
  /** Text of the template that an explicit `style` names. */
  readonly template: string | undefined
  /** Canonical texts of the bought attributes that stand in the directive. */
  readonly explicit: AttributeTexts
  readonly request: RecordedRequest
  readonly digitalSourceType: DigitalSourceType
  /** Exact pixels of the finished picture; the request's size covers it. */
  readonly wanted: Size
  readonly display: Display
}

/** Understands a directive under a configuration, or answers every problem that it has. */
export function requestFor(
  directive: Directive,
  settings: Settings,
): { readonly request: ImageRequest } | { readonly problems: readonly Problem[] } {
  const { texts, problems } = readAttributes(directive)
  const prompt = canonicalText(directive.prompt)
  const target = targetOf(texts, settings)
  const template = settings.styles.get(texts.get('style') ?? '')
  const faults = [...promptFaults(prompt, template, target.model), ...target.faults]
  const all = [
    ...problems,
    ...faults.map((fault) => ({ ...fault, place: placeOf(fault, directive) })),
  ]
  const { model, provider, size, wanted } = target
  const isWhole =
    model !== undefined && provider !== undefined && size !== undefined && wanted !== undefined
  if (all.length > 0 || !isWhole) return { problems: all }
  return {
    request: {
      place: directive.place,
      prompt,
      template,
      explicit: boughtOf(texts),
      request: {
        provider: provider.id,
        prompt: wrapPrompt(prompt, template),
        model: model.id,
        size,
        take: Number(texts.get('take') ?? 1),
        ...shapingOf(texts, model, settings),
      },
      digitalSourceType: provider.digitalSourceType,
      wanted,
      display: displayOf(texts, settings),
    },
  }
}

interface Target {
  readonly provider?: Provider
  readonly model?: Model
  readonly wanted?: Size
  readonly size?: Size
  readonly faults: readonly Fault[]
}

function targetOf(texts: AttributeTexts, settings: Settings): Target {
  const providerId = texts.get('provider') ?? settings.provider.id
  const provider = settings.providers.get(providerId)
  if (provider === undefined)
    return { faults: [unexpected('provider', providerId, [...settings.providers.keys()])] }
  const modelId = texts.get('model') ?? defaultModel(provider, settings)
  const model = provider.models.find((one) => one.id === modelId || one.aliases.includes(modelId))
  if (model === undefined)
    return {
      faults: [
        unexpected(
          'model',
          modelId,
          provider.models.map((one) => one.id),
        ),
      ],
    }
  const sizeText = texts.get('size') ?? settings.size
  const wanted = readSize(sizeText)
  const size = wanted && coveringSize(wanted, model.sizes)
  return {
    provider,
    model,
    ...(wanted && { wanted }),
    ...(size && { size }),
    faults: [
      ...(wanted === undefined || size !== undefined ? [] : [tooLarge(wanted, model)]),
      ...capabilityFaults(texts, provider, model),
      ...outside('quality', qualityOf(texts, model, settings), model.qualities),
      ...styleFaults(texts, settings),
    ],
  }
}

/** The configuration's model belongs to its default provider; any other speaks for itself. */
function defaultModel(provider: Provider, settings: Settings): string {
  return provider === settings.provider ? settings.model : provider.defaultModel
}

const capabilities: readonly Capability[] = ['quality', 'background', 'moderation', 'seed']

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
  return [...unsupported, ...outside('background', texts.get('background'), model.backgrounds)]
}

function outside(
  name: string,
  actual: string | undefined,
  allowed: readonly string[],
): readonly Fault[] {
  if (actual === undefined || allowed.length === 0 || allowed.includes(actual)) return []
  return [unexpected(name, actual, allowed)]
}

function styleFaults(texts: AttributeTexts, settings: Settings): readonly Fault[] {
  const style = texts.get('style')
  if (style === undefined || settings.styles.has(style)) return []
  return [unexpected('style', style, [...settings.styles.keys()])]
}

function promptFaults(
  prompt: string,
  template: string | undefined,
  model: Model | undefined,
): readonly Fault[] {
  if (prompt === '') return [{ kind: 'prompt-empty' }]
  const sent = wrapPrompt(prompt, template)
  const forbidden = forbiddenCharacter(sent)
  if (forbidden !== undefined) return [{ kind: 'prompt-character', actual: forbidden }]
  const length = [...sent].length
  if (model === undefined || length <= model.maxPromptCodePoints) return []
  return [
    { kind: 'prompt-too-long', actual: length, limit: model.maxPromptCodePoints, model: model.id },
  ]
}

function shapingOf(
  texts: AttributeTexts,
  model: Model,
  settings: Settings,
): Pick<RecordedRequest, 'quality' | 'background' | 'moderation' | 'seed'> {
  const quality = qualityOf(texts, model, settings)
  const background = texts.get('background')
  const moderation = texts.get('moderation')
  const seed = texts.get('seed')
  return {
    ...(quality !== undefined && { quality }),
    ...(background !== undefined && { background }),
    ...(moderation !== undefined && { moderation }),
    ...(seed !== undefined && { seed: Number(seed) }),
  }
}

function qualityOf(texts: AttributeTexts, model: Model, settings: Settings): string | undefined {
  return model.honours.includes('quality') ? (texts.get('quality') ?? settings.quality) : undefined
}

function tooLarge(wanted: Size, model: Model): Fault {
  return {
    kind: 'size-impossible',
    actual: formatSize(wanted),
    model: model.id,
    limit: describeRule(model.sizes),
  }
}

function unexpected(name: string, actual: string, allowed: readonly string[]): Fault {
  const expected = allowed.map((one) => `\`${one}\``).join(', ')
  return { kind: 'attribute-value', name, actual, expected: expected || 'none: none is configured' }
}

/** A fault that names an attribute stands at that attribute, any other at the directive. */
function placeOf(fault: Fault, directive: Directive): Place {
  const name = fault.kind === 'size-impossible' ? 'size' : 'name' in fault ? fault.name : undefined
  return directive.attributes.find((one) => one.name === name)?.place ?? directive.place
}

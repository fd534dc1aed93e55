import { ImpromptError } from '../../error.ts'
import type { Capability, GenerateInput, InputImages, Model } from '../../ports.ts'
import type { Provider, ReadyConnection } from '../../ports.ts'
import { coveringFrame } from '../../size-rule.ts'
import type { FallbackEntry } from './fallback.ts'

/** One of the providers in their order. */
export interface Candidate {
  readonly provider: Provider
  /** Turns what was asked of the first into what is asked of this one; nothing where it could not answer it. */
  readonly inputFor: (input: GenerateInput, images?: InputImages) => GenerateInput | undefined
}

/** A provider that can buy. */
export interface Ready {
  readonly candidate: Candidate
  readonly connection: ReadyConnection
  /** Whose limits it shares. */
  readonly account: string
}

/**
 * Reads one entry. The first provider is asked for just what was asked.
 *
 * @throws ImpromptError `CONFIG_INVALID` for a model or quality that it does not know
 */
export function candidateOf(entry: FallbackEntry, isFirst: boolean): Candidate {
  const { provider, quality } = entry
  const name = entry.model ?? provider.defaultModel
  const model = provider.models.find((one) => one.id === name || one.aliases.includes(name))
  if (model === undefined)
    throw unexpected(
      'model',
      name,
      provider.id,
      provider.models.map(({ id }) => id),
    )
  if (quality !== undefined && !model.qualities.includes(quality))
    throw unexpected('quality', quality, model.id, model.qualities)
  if (!isFirst) return { provider, inputFor: translation(model, quality) }
  if (entry.model !== undefined || quality !== undefined)
    throw new ImpromptError(
      'CONFIG_INVALID',
      `\`fallback()\`: unexpected \`model\` or \`quality\` of the first provider \`${provider.id}\`, which a directive or the configuration names`,
    )
  return { provider, inputFor: (input) => input }
}

function translation(model: Model, quality: string | undefined): Candidate['inputFor'] {
  return (input, images) => {
    const size = coveringFrame(input.size, model.sizes, input.frames)
    if (size === undefined || !honoursAll(model, input, images)) return undefined
    if ([...input.prompt].length > model.maxPromptCodePoints) return undefined
    const { quality: asked, ...rest } = input
    const own = quality ?? model.qualities.find((one) => one === asked)
    const isHonoured = own !== undefined && model.honours.includes('quality')
    return { ...rest, model: model.id, size, ...(isHonoured && { quality: own }) }
  }
}

/** Anything but the quality is part of the picture, so that whoever ignores it cannot answer. */
function honoursAll(model: Model, input: GenerateInput, images?: InputImages): boolean {
  const { basedOn, references = [], background, rendering, frames } = input
  const bases = basedOn === undefined ? 0 : 1
  const pictures = images?.images.length ?? references.length + bases
  const asked: readonly (readonly [Capability, boolean])[] = [
    ['background', background !== undefined],
    ['moderation', input.moderation !== undefined],
    ['complexity', input.complexity !== undefined],
    ['rendering', rendering !== undefined],
    ['seed', input.seed !== undefined],
    ['animated', frames !== undefined],
    ['vector', input.vector !== undefined],
    ['vary', bases > 0],
    ['ref', pictures > bases],
    ['mask', (images?.mask ?? input.mask) !== undefined],
  ]
  const { frames: range, maxReferences = bases, variesWithoutPrompt } = model
  return (
    asked.every(([name, isAsked]) => !isAsked || model.honours.includes(name)) &&
    (background === undefined || model.backgrounds.includes(background)) &&
    (rendering === undefined || (model.renderings ?? []).includes(rendering)) &&
    (frames === undefined || range === undefined || isWithin(frames, range)) &&
    (input.prompt !== '' || variesWithoutPrompt === true) &&
    pictures <= maxReferences
  )
}

function isWithin(count: number, { min, max }: NonNullable<Model['frames']>): boolean {
  return min <= count && count <= max
}

function unexpected(
  field: string,
  value: string,
  owner: string,
  known: readonly string[],
): ImpromptError {
  const expected = known.length === 0 ? 'none at all' : known.map((one) => `\`${one}\``).join(', ')
  const message = `\`fallback()\`: unexpected \`${field}\` \`${value}\` of \`${owner}\`, expected ${expected}`
  return new ImpromptError('CONFIG_INVALID', message)
}

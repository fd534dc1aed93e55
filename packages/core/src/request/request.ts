import type { Settings } from '../config/settings.ts'
import type { Directive, RawAttribute } from '../directive/directive.ts'
import type { Model, RecordedRequest } from '../ports.ts'
import { type Fault, type Fix, type Problem, severityOf } from '../problem.ts'
import { formatSize } from '../size-rule.ts'
import { type AttributeTexts, boughtOf, readAttributes } from './attributes.ts'
import { displayFor } from './display.ts'
import { fixCase } from './fixes.ts'
import { type ImageRequest, type Understanding, isDraft } from './image-request.ts'
import { type Known, nothingKnown } from './known.ts'
import { promptFaults } from './prompt-faults.ts'
import { canonicalText } from './prompt.ts'
import { type References, fixEmphasis, referencesOf } from './references.ts'
import { isReuse, reuseOf } from './reuse.ts'
import { type Style, promptInStyle, styleOf } from './style.ts'
import { type Target, framesOf, qualityOf, targetOf } from './target.ts'
import { inheriting, isWordless, promptFor, variedBy } from './variation.ts'

/**
 * Understands a directive under a configuration.
 * @param known The pictures and files that a directive may name.
 */
export function requestFor(
  directive: Directive,
  settings: Settings,
  known: Known = nothingKnown,
): Understanding {
  const { texts, problems } = readAttributes(directive)
  if (isReuse(directive)) return reuseOf(directive, { texts, problems }, known.names, settings)
  const { faults, ...parts } = partsOf(directive, texts, settings, known)
  const { prompt, sent, style, base, files } = parts
  const { provider, model, size, wanted } = parts.target
  const all = [...problems, ...faults.map((fault) => problemIn(directive, fault))]
  const isWhole =
    model !== undefined && provider !== undefined && size !== undefined && wanted !== undefined
  if (all.some((one) => severityOf(one) === 'error') || !isWhole) return { problems: all }
  const [mask] = files.get('mask') ?? []
  const references = files.get('ref')
  return {
    warnings: all,
    request: {
      place: directive.place,
      prompt,
      style,
      page: directive.page,
      explicit: boughtOf(texts),
      files,
      base,
      request: {
        provider: provider.id,
        prompt: sent,
        model: model.id,
        size,
        take: Number(texts.get('take') ?? 1),
        ...shapingOf(texts, model, settings),
        ...(references !== undefined && { references }),
        ...(mask !== undefined && { mask }),
      },
      digitalSourceType: provider.digitalSourceType,
      wanted,
      display: inheriting(displayFor(directive, texts, settings), prompt, base),
      isDraft: isDraft(directive, settings),
    },
  }
}

/** What a directive says, each part for itself, and what is wrong with them. */
interface Parts {
  readonly prompt: string
  /** The prompt as a provider is given it. */
  readonly sent: string
  readonly style: Style | undefined
  readonly base: ImageRequest | undefined
  readonly target: Target
  readonly files: References['files']
  readonly faults: readonly Fault[]
}

function partsOf(
  directive: Directive,
  texts: AttributeTexts,
  settings: Settings,
  known: Known,
): Parts {
  const { place, page } = directive
  const prompt = canonicalText(directive.prompt)
  const { base, faults } = variedBy(texts, known.names)
  // A variation is as large as what it varies, unless its author says otherwise.
  const size = base === undefined ? settings.size : formatSize(base.wanted)
  const target = targetOf(texts, { ...settings, size })
  const { model } = target
  const styled = styleOf(texts.get('style'), place.file, page, settings)
  const inWords = promptInStyle(promptFor(prompt, base), styled.style, page)
  const sent = isWordless(texts, model) ? '' : inWords
  const referred = referencesOf(directive, texts, known.files, { model, base })
  // Its size is that of the picture that it varies, which is not known then.
  const isSizeless = texts.has('vary') && base === undefined && !texts.has('size')
  const sized = target.faults.filter(({ kind }) => kind !== 'size-impossible' || !isSizeless)
  const wrong = [promptFaults({ prompt, sent }, texts, model), faults, sized]
  return {
    prompt,
    sent,
    style: styled.style,
    base,
    target,
    files: referred.files,
    faults: [...wrong, styled.faults, referred.faults].flat(),
  }
}

function shapingOf(
  texts: AttributeTexts,
  model: Model,
  settings: Settings,
): Omit<RecordedRequest, 'provider' | 'prompt' | 'model' | 'size' | 'take'> {
  const quality = qualityOf(texts, model, settings)
  const background = texts.get('background')
  const moderation = texts.get('moderation')
  const complexity = texts.get('complexity')
  const rendering = texts.get('rendering')
  const seed = texts.get('seed')
  const frames = framesOf(texts)
  return {
    ...(quality !== undefined && { quality }),
    ...(background !== undefined && { background }),
    ...(moderation !== undefined && { moderation }),
    ...(complexity !== undefined && { complexity }),
    ...(rendering !== undefined && { rendering }),
    ...(seed !== undefined && { seed: Number(seed) }),
    ...(frames !== undefined && { frames }),
    ...(texts.has('vector') && { vector: true }),
  }
}

/** A fault that names an attribute stands at that attribute, any other at the directive. */
function problemIn(directive: Directive, fault: Fault): Problem {
  const name = attributeOf(fault)
  const attribute = directive.attributes.find((one) => one.name === name)
  const place = attribute?.place ?? directive.place
  const isMendable = attribute !== undefined && directive.path === undefined
  const fix = isMendable ? fixIn(directive, attribute, fault) : undefined
  return { ...fault, place, ...(fix !== undefined && { fix }) }
}

function fixIn(directive: Directive, attribute: RawAttribute, fault: Fault): Fix | undefined {
  if (fault.kind === 'attribute-value') return fixCase(attribute, fault.nearest)
  return fault.kind === 'file-emphasis' ? fixEmphasis(directive, fault) : undefined
}

function attributeOf(fault: Fault): string | undefined {
  if (fault.kind === 'size-impossible') return 'size'
  if (fault.kind === 'ref-too-many') return 'ref'
  if (fault.kind.startsWith('mask-')) return 'mask'
  if (fault.kind.startsWith('vary-') && fault.kind !== 'vary-words') return 'vary'
  if (fault.kind === 'style-field-unknown') return 'style'
  return 'name' in fault ? fault.name : undefined
}

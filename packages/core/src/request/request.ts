import type { Settings } from '../config/settings.ts'
import type { Directive, RawAttribute } from '../directive/directive.ts'
import type { Model, RecordedRequest } from '../ports.ts'
import { type Fault, type Fix, type Problem, severityOf } from '../problem.ts'
import { secretIn } from '../secret.ts'
import { formatSize } from '../size-rule.ts'
import { type AttributeTexts, boughtOf, readAttributes } from './attributes.ts'
import { type Display, displayFor } from './display.ts'
import { fixCase } from './fixes.ts'
import { type ImageRequest, type Understanding, isDraft } from './image-request.ts'
import { type Known, nothingKnown } from './known.ts'
import { canonicalText, forbiddenCharacter } from './prompt.ts'
import { fixEmphasis, referencesOf } from './references.ts'
import { isReuse, reuseOf } from './reuse.ts'
import { promptInStyle, styleOf } from './style.ts'
import { framesOf, qualityOf, targetOf } from './target.ts'
import { isWordless, promptFor, variedBy } from './variation.ts'

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
  const prompt = canonicalText(directive.prompt)
  const { place, page } = directive
  const { base, faults: varyFaults } = variedBy(texts, known.names)
  // A variation is as large as what it varies, unless its author says otherwise.
  const target = targetOf(
    texts,
    base === undefined ? settings : { ...settings, size: formatSize(base.wanted) },
  )
  const { style, faults } = styleOf(texts.get('style'), place.file, page, settings)
  const { model, provider, size, wanted } = target
  const sent = isWordless(texts, model) ? '' : promptInStyle(promptFor(prompt, base), style, page)
  const referred = referencesOf(directive, texts, known.files, { model, base })
  const { files } = referred
  const all = [
    ...problems,
    ...[
      ...promptFaults(prompt, sent, texts, model),
      ...varyFaults,
      ...target.faults,
      ...faults,
      ...referred.faults,
    ].map((fault) => problemIn(directive, fault)),
  ]
  const isWhole =
    model !== undefined && provider !== undefined && size !== undefined && wanted !== undefined
  if (all.some((one) => severityOf(one) === 'error') || !isWhole) return { problems: all }
  const [mask] = files.get('mask') ?? []
  const references = files.get('ref')
  return {
    warnings: all,
    request: {
      place,
      prompt,
      style,
      page,
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

/** What varies a picture without a prompt has that one's alternative text. */
function inheriting(display: Display, prompt: string, base: ImageRequest | undefined): Display {
  const isBare = prompt === '' && base !== undefined
  return isBare ? { ...display, alt: display.alt ?? base.display.alt } : display
}

function promptFaults(
  prompt: string,
  sent: string,
  texts: AttributeTexts,
  model: Model | undefined,
): readonly Fault[] {
  if (model !== undefined && isWordless(texts, model)) return wordFaults(prompt, texts, model.id)
  if (prompt === '' && !texts.has('vary')) return [{ kind: 'prompt-empty' }]
  const forbidden = forbiddenCharacter(sent)
  if (forbidden !== undefined) return [{ kind: 'prompt-character', actual: forbidden }]
  const secret = secretIn(sent)
  if (secret !== undefined) return [{ kind: 'prompt-secret', actual: secret }]
  const length = [...sent].length
  if (model === undefined || length <= model.maxPromptCodePoints) return []
  return [
    { kind: 'prompt-too-long', actual: length, limit: model.maxPromptCodePoints, model: model.id },
  ]
}

/** Words that would go along with nothing, and so would be paid for and not heard. */
function wordFaults(prompt: string, texts: AttributeTexts, model: string): readonly Fault[] {
  return [
    ...(prompt === '' ? [] : [{ kind: 'vary-words', name: 'prompt', model } as const]),
    ...(texts.has('style') ? [{ kind: 'vary-words', name: 'style', model } as const] : []),
  ]
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
  if (fault.kind === 'vary-unknown' || fault.kind === 'vary-unsuitable') return 'vary'
  if (fault.kind === 'style-field-unknown') return 'style'
  return 'name' in fault ? fault.name : undefined
}

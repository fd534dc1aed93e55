import type { Settings } from '../config/settings.ts'
import type { Directive } from '../directive/directive.ts'
import type { Model, RecordedRequest } from '../ports.ts'
import type { Fault, Problem } from '../problem.ts'
import { secretIn } from '../secret.ts'
import { type AttributeTexts, boughtOf, readAttributes } from './attributes.ts'
import { displayFor } from './display.ts'
import { fixCase } from './fixes.ts'
import { type Understanding, isDraft } from './image-request.ts'
import { canonicalText, forbiddenCharacter } from './prompt.ts'
import { type Names, isReuse, reuseOf } from './reuse.ts'
import { promptInStyle, styleOf } from './style.ts'
import { framesOf, qualityOf, targetOf } from './target.ts'

/**
 * Understands a directive under a configuration.
 * @param names The pictures that a directive may show again by `use=NAME`.
 */
export function requestFor(
  directive: Directive,
  settings: Settings,
  names: Names = new Map(),
): Understanding {
  const { texts, problems } = readAttributes(directive)
  if (isReuse(directive)) return reuseOf(directive, { texts, problems }, names, settings)
  const prompt = canonicalText(directive.prompt)
  const { place, page } = directive
  const target = targetOf(texts, settings)
  const { style, faults } = styleOf(texts.get('style'), place.file, page, settings)
  const sent = promptInStyle(prompt, style, page)
  const all = [
    ...problems,
    ...[...promptFaults(prompt, sent, target.model), ...target.faults, ...faults].map((fault) =>
      problemIn(directive, fault),
    ),
  ]
  const { model, provider, size, wanted } = target
  const isWhole =
    model !== undefined && provider !== undefined && size !== undefined && wanted !== undefined
  if (all.length > 0 || !isWhole) return { problems: all }
  return {
    request: {
      place,
      prompt,
      style,
      page,
      explicit: boughtOf(texts),
      files: new Map(),
      base: undefined,
      request: {
        provider: provider.id,
        prompt: sent,
        model: model.id,
        size,
        take: Number(texts.get('take') ?? 1),
        ...shapingOf(texts, model, settings),
      },
      digitalSourceType: provider.digitalSourceType,
      wanted,
      display: displayFor(directive, texts, settings),
      isDraft: isDraft(directive, settings),
    },
  }
}

function promptFaults(prompt: string, sent: string, model: Model | undefined): readonly Fault[] {
  if (prompt === '') return [{ kind: 'prompt-empty' }]
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
  const fix =
    isMendable && fault.kind === 'attribute-value' ? fixCase(attribute, fault.nearest) : undefined
  return { ...fault, place, ...(fix !== undefined && { fix }) }
}

function attributeOf(fault: Fault): string | undefined {
  if (fault.kind === 'size-impossible') return 'size'
  if (fault.kind === 'style-field-unknown') return 'style'
  return 'name' in fault ? fault.name : undefined
}

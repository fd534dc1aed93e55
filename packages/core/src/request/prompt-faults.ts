import type { Model } from '../ports.ts'
import type { Fault } from '../problem.ts'
import { secretIn } from '../secret.ts'
import type { AttributeTexts } from './attributes.ts'
import { forbiddenCharacter } from './prompt.ts'
import { isWordless } from './variation.ts'

/**
 * What is wrong with a prompt.
 * @param words As the author wrote them (`prompt`), and as a provider is given them (`sent`).
 */
export function promptFaults(
  { prompt, sent }: { readonly prompt: string; readonly sent: string },
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

import type { Answer, Making } from '../ports.ts'
import { hide } from './redact.ts'

/** The same answer, without these secrets in any of the words that a server chose. */
export function withoutSecrets(answer: Answer, ...secrets: readonly string[]): Answer {
  const hidden = (text: string): string => hide(text, ...secrets)
  switch (answer.kind) {
    case 'busy':
      return { ...answer, message: hidden(answer.message) }
    case 'refused':
    case 'unknown':
      return {
        ...answer,
        message: hidden(answer.message),
        ...(answer.kind === 'refused' && { code: hidden(answer.code) }),
        ...idOf(answer, hidden),
      }
    case 'image':
      return {
        ...answer,
        ...(answer.making !== undefined && { making: makingOf(answer.making, hidden) }),
        ...idOf(answer, hidden),
      }
  }
}

type Hide = (text: string) => string

function idOf(
  { requestId }: { readonly requestId?: string },
  hidden: Hide,
): { readonly requestId?: string } {
  return requestId === undefined ? {} : { requestId: hidden(requestId) }
}

function makingOf(making: Making, hidden: Hide): Making {
  const { model, quality, background, revisedPrompt } = making
  return {
    ...making,
    ...(model !== undefined && { model: hidden(model) }),
    ...(quality !== undefined && { quality: hidden(quality) }),
    ...(background !== undefined && { background: hidden(background) }),
    ...(revisedPrompt !== undefined && { revisedPrompt: hidden(revisedPrompt) }),
  }
}

import { reasonOf } from '../../error.ts'
import type { Answer, GenerateInput, InputImages, ReadyConnection } from '../../ports.ts'
import type { Ready } from './candidate.ts'

/** What is asked, and when the next provider is asked it. */
export interface Question {
  readonly input: GenerateInput
  readonly images?: InputImages
  readonly signal: AbortSignal
  /** Whether a refused prompt is put to the next one. */
  readonly movesOn: boolean
}

type Ask = (connection: ReadyConnection, input: GenerateInput) => Promise<Answer>

/** A wait that a queue can sit out. */
const shortWaitMs = 60_000

/** Asks one provider after the other, as long as each proves that nothing was made and that waiting is no use. */
export async function inTurn(
  ready: readonly Ready[],
  question: Question,
  ask: Ask,
): Promise<Answer> {
  const answers: Answer[] = []
  for (const { candidate, connection } of ready) {
    const { input, images, signal } = question
    const own = candidate.inputFor(input, images)
    if (own === undefined) continue
    if (signal.aborted) {
      answers.push({ kind: 'busy', message: 'Cancelled before anything was sent' })
      break
    }
    const answer = named(await answerOf(() => ask(connection, own)), own, {
      id: candidate.provider.id,
      isStandIn: own !== input,
    })
    if (!isProofThatNextMayTry(answer, question)) return answer
    answers.push(answer)
  }
  return lastWord(answers)
}

async function answerOf(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask()
  } catch (cause) {
    return { kind: 'unknown', message: `the provider failed: ${reasonOf(cause)}` }
  }
}

/** An answer in another one's stead says whose it is. */
function named(
  answer: Answer,
  { model, size }: GenerateInput,
  { id, isStandIn }: { readonly id: string; readonly isStandIn: boolean },
): Answer {
  if (answer.kind !== 'image' || !isStandIn) return answer
  return { ...answer, making: { provider: id, model, size, ...answer.making } }
}

function isProofThatNextMayTry(answer: Answer, { movesOn }: Question): boolean {
  switch (answer.kind) {
    case 'image':
    case 'unknown':
      return false
    case 'busy':
      return answer.afterMs === undefined || answer.afterMs > shortWaitMs
    case 'refused':
      if (answer.microUsd !== undefined && answer.microUsd > 0) return false
      return answer.scope !== 'prompt' || movesOn
  }
}

/** Of answers that all failed: time may mend one that was busy, and a refused image lets the others of a run go on. */
function lastWord(answers: readonly Answer[]): Answer {
  const chosen =
    answers.find(({ kind }) => kind === 'busy') ??
    answers.find((answer) => answer.kind === 'refused' && answer.scope !== 'run') ??
    answers[0]
  if (chosen !== undefined) return chosen
  const message = 'Nothing was sent: no provider that has its credentials can make it'
  return { kind: 'refused', scope: 'image', code: 'no_provider', message }
}

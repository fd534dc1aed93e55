import { reasonOf } from '../../error.ts'
import type { Answer, GenerateInput, InputImages, Pace, ReadyConnection } from '../../ports.ts'
import type { Ready } from './candidate.ts'

/** What is asked, and when the next provider is asked it. */
export interface Question {
  readonly input: GenerateInput
  readonly images?: InputImages
  readonly signal: AbortSignal
  /** Whether a refused prompt is put to the next one. */
  readonly movesOn: boolean
  /** Whose pace is told: whoever waits by it knows of no other account. */
  readonly account: string
}

type Ask = (connection: ReadyConnection, input: GenerateInput) => Promise<Answer>

/** A wait that a queue sits out. */
const shortWaitMs = 60_000

/** Asks one provider after the other, as long as each proves that nothing was made and that waiting is no use. */
export async function inTurn(
  ready: readonly Ready[],
  question: Question,
  ask: Ask,
): Promise<Answer> {
  const { input, images, signal } = question
  const answers: Answer[] = []
  let pace: Pace | undefined
  const paced = (answer: Answer): Answer => (pace === undefined ? answer : { ...answer, pace })
  for (const { candidate, connection, account } of ready) {
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
    const { pace: told, ...unpaced } = answer
    if (account === question.account) pace = told ?? pace
    if (!isProofThatNextMayTry(answer, question)) return paced(unpaced)
    answers.push(unpaced)
  }
  return paced(lastWord(answers))
}

async function answerOf(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask()
  } catch (cause) {
    const message = `The provider failed: ${reasonOf(cause)}; it may have billed`
    return { kind: 'unknown', message }
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
      return !isSoonOver(answer)
    case 'refused':
      if (answer.microUsd !== undefined && answer.microUsd > 0) return false
      return answer.scope !== 'prompt' || movesOn
  }
}

/** A wait of no known end may be an outage, as a refused connection is. */
function isSoonOver({ afterMs, pace }: Answer & { readonly kind: 'busy' }): boolean {
  const waitMs = afterMs ?? (pace?.remaining === 0 ? pace.resetMs : undefined)
  return waitMs !== undefined && waitMs <= shortWaitMs
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

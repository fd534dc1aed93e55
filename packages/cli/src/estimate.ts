import {
  ImpromptError,
  type Per,
  type WhatIf,
  unreadText,
  whatIf,
  whatIfText,
} from '@imprompt/core'
import { type Request, misuse } from './args.ts'
import { type Io, projectOf } from './io.ts'

const pers: readonly Per[] = ['once', 'day', 'month']

/** Prices what somebody thinks of. Needs no key, no network and no project; buys nothing. */
export async function estimate(request: Request, io: Io): Promise<number> {
  const { words, model, size, quality } = request
  if (words.length === 0)
    throw misuse('Expected how many pictures, such as `imprompt estimate 600 x gpt-image-2 low`')
  const per = perOf(request.per)
  const { pipeline } = await projectOf(request, io)
  const question = {
    words,
    ...(model !== undefined && { model }),
    ...(size !== undefined && { size }),
    ...(quality !== undefined && { quality }),
    per,
    inBatch: request.inBatch,
    today: io.now().toISOString().slice(0, 10),
  }
  const answer = whatIf(question, pipeline.settings)
  if ('unread' in answer)
    throw new ImpromptError(
      'USAGE',
      `Nothing is estimated before this is mended; nothing was bought\n${unreadText(answer.unread)}`,
    )
  io.stdout(request.isJson ? estimateJson(answer.whatIf) : `${whatIfText(answer.whatIf)}\n`)
  return 0
}

function perOf(text: string | undefined): Per {
  if (text === undefined) return 'once'
  const per = pers.find((one) => one === text)
  if (per === undefined)
    throw misuse(`Unexpected \`${text}\` of \`--per\`, expected \`day\`, \`month\` or \`once\``)
  return per
}

function estimateJson(answer: WhatIf): string {
  return `${JSON.stringify(answer, undefined, 2)}\n`
}

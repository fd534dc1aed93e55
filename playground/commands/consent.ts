import { createInterface } from 'node:readline/promises'
import { formatUsd, openProject } from '@imprompt/core'
import { root } from './root.ts'

/** `impossible` where the build could not go on, or nobody is there to ask. */
export type Consent = 'given' | 'declined' | 'impossible'

/** Names the price of what a build would buy, and asks whether it may. */
export async function askForConsent(): Promise<Consent> {
  const { pipeline, terms } = await openProject({ folder: root, environment: process.env })
  const { report, failure } = await pipeline.forecast(await pipeline.scan(), terms)
  if (failure !== undefined) return say(failure.message, 'impossible')
  const { new: wanted, worstMicroUsd } = report.totals
  if (wanted === 0) return 'given'
  const price = `OpenAI would make ${wanted} pictures for at most ${formatUsd(worstMicroUsd)}.`
  if (!process.stdin.isTTY || !process.stdout.isTTY)
    return say(`${price} Only a person at a terminal can agree; nothing was bought.`, 'impossible')
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await terminal.question(`${price} Buy them? [y/N] `)
  terminal.close()
  return /^y(?:es)?$/i.test(answer.trim()) ? 'given' : say('Nothing was bought.', 'declined')
}

function say(reason: string, consent: Consent): Consent {
  console.error(reason)
  return consent
}

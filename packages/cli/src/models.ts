import { type ModelFacts, modelFactsOf, modelsText } from '@imprompt/core'
import type { Request } from './args.ts'
import { type Io, projectOf } from './io.ts'

/** Prints the models of every configured provider. Buys nothing, and needs a key for `--live` alone. */
export async function models(request: Request, io: Io): Promise<number> {
  const { pipeline, entries } = await projectOf(request, io)
  const stored = await entries()
  if (stored.kind === 'unknown' || stored.kind === 'damaged')
    io.stderr(`\`${stored.path}\` cannot be read, so that nothing is told of stored pictures\n`)
  const facts = modelFactsOf({
    settings: pipeline.settings,
    entries: stored.kind === 'hit' ? stored.value : [],
    today: io.now().toISOString().slice(0, 10),
  })
  io.stdout(request.isJson ? modelsJson(facts) : `${modelsText(facts)}\n`)
  return 0
}

function modelsJson(facts: readonly ModelFacts[]): string {
  return `${JSON.stringify({ models: facts }, undefined, 2)}\n`
}

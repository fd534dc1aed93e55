import { type ModelFacts, type OpenProject, modelFactsOf, modelsText } from '@imprompt/core'
import type { Request } from './args.ts'
import { type Io, projectOf } from './io.ts'

/** Most that `--live` waits for the servers. */
const patienceMs = 20_000

/** Prints the models of every configured provider. Buys nothing, and needs a key for `--live` alone. */
export async function models(request: Request, io: Io): Promise<number> {
  const project = await projectOf(request, io)
  const stored = await project.entries()
  if (stored.kind === 'unknown' || stored.kind === 'damaged')
    io.stderr(`\`${stored.path}\` cannot be read, so that nothing is told of stored pictures\n`)
  const facts = modelFactsOf({
    settings: project.pipeline.settings,
    entries: stored.kind === 'hit' ? stored.value : [],
    retirements: request.isLive ? await liveRetirements(project, io) : new Map(),
    today: io.now().toISOString().slice(0, 10),
  })
  io.stdout(request.isJson ? modelsJson(facts) : `${modelsText(facts)}\n`)
  return 0
}

async function liveRetirements(
  project: OpenProject,
  io: Io,
): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const signal = AbortSignal.any([io.stop, AbortSignal.timeout(patienceMs)])
  const { dates, failures } = await project.retirements(signal)
  for (const [provider, reason] of failures)
    io.stderr(`No days of retirement from \`${provider}\`: ${reason}\n`)
  return dates
}

function modelsJson(facts: readonly ModelFacts[]): string {
  return `${JSON.stringify({ models: facts }, undefined, 2)}\n`
}

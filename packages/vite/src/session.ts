import type { Gallery, OpenProject } from '@imprompt/core'
import type { Start } from './host.ts'

/** One build of a project, for every environment and every re-created plugin that takes part in it. */
export interface Session {
  readonly gallery: Gallery
}

interface Running {
  readonly session: Promise<Session>
  readonly environments: Set<string>
}

/**
 * Builds under way, by project root. The only module-level state: hosts re-create their plugins within one build, and
 * scan, gate, purchase and report must happen once.
 */
const running = new Map<string, Running>()

/**
 * Joins the build of a project, or begins one. A build is over when an environment that it has served starts again, as
 * the next build of a watcher or of a script does.
 */
export function joinSession(
  root: string,
  environment: string,
  begin: () => Promise<Session>,
): Promise<Session> {
  const current = running.get(root)
  if (current !== undefined && !current.environments.has(environment)) {
    current.environments.add(environment)
    return current.session
  }
  const session = begin()
  running.set(root, { session, environments: new Set([environment]) })
  return session
}

/** Scans, gates, buys, encodes and reports, in this order; then fails if the build must not go on. */
export async function beginSession(project: OpenProject, start: Start): Promise<Session> {
  const { pipeline, terms, keepReport } = project
  // A watcher rebuilds at every keystroke: it shows placeholders, and never buys.
  const mode = start.isWatch && terms.mode === 'generate' ? 'placeholder' : terms.mode
  const { report, failure, gallery } = await pipeline.build(await pipeline.scan(), {
    ...terms,
    mode,
  })
  if (report.totals.directives > 0) {
    const trouble = await keepReport(report)
    start.print(report)
    if (trouble !== undefined) start.warn(trouble)
  }
  if (failure !== undefined) throw failure
  return { gallery }
}

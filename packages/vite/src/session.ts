import type { Gallery, OpenProject, PlanInput } from '@imprompt/core'
import type { Start } from './host.ts'
import { untilPaid } from './until-paid.ts'

/** What a build has read and made. */
export interface Built {
  readonly scan: PlanInput
  readonly gallery: Gallery
}

/** One build of a project, for every environment and every re-created plugin that takes part in it. */
export interface Session {
  /** Joins the build when an environment starts; the first to join scans, gates, buys, encodes and reports. */
  join(start: Start): Promise<Built>
  /** Leaves it when an environment has ended. */
  leave(): void
  /** What it came to; nothing before somebody joined. */
  built(): Promise<Built> | undefined
  /** Files whose directives were replaced, as places name them. */
  readonly rewritten: Set<string>
}

/**
 * Builds under way, by project root. The only module-level state: hosts re-create their plugins within one build, and
 * scan, gate, purchase and report must happen once.
 */
const sessions = new Map<string, Session>()

/**
 * The build of a project that a plugin takes part in, asked when its configuration is resolved: the one under way, or
 * a new one. It is over once every environment that joined has left, or when it has failed. Who joins after that under a
 * watcher is rebuilt, and begins anew; without one it is the next environment of the same build.
 */
export function sessionFor(project: OpenProject): Session {
  const { root } = project.pipeline
  const session: Session =
    sessions.get(root) ??
    createSession(project, () => {
      if (sessions.get(root) === session) sessions.delete(root)
    })
  sessions.set(root, session)
  return session
}

function createSession(project: OpenProject, end: () => void): Session {
  let open = 0
  let building: Promise<Built> | undefined
  return {
    rewritten: new Set(),
    built: () => building,
    join: (start) => {
      if (open === 0 && start.isWatch) building = undefined
      open += 1
      building ??= begin(project, start).catch((failure: unknown) => {
        end()
        throw failure
      })
      return building
    },
    leave: () => {
      // A bundle that failed may be closed twice.
      open = Math.max(0, open - 1)
      if (open === 0) end()
    },
  }
}

async function begin(project: OpenProject, start: Start): Promise<Built> {
  const { pipeline, terms, keepReport } = project
  // A watcher rebuilds at every keystroke: it shows placeholders, and never buys.
  const mode = start.isWatch && terms.mode === 'generate' ? 'placeholder' : terms.mode
  const scan = await pipeline.scan()
  const { report, failure, gallery } = await untilPaid(project, start, (stop) =>
    pipeline.build(scan, { ...terms, mode }, { stop, tell: (line) => start.tell(line) }),
  )
  if (report.totals.directives > 0 || report.problems.length > 0) {
    const kept = await keepReport(report)
    start.print(report)
    const shown = await start.summarise(report, failure?.message)
    for (const trouble of [kept, shown]) if (trouble !== undefined) start.warn(trouble)
  }
  if (failure !== undefined) throw failure
  return { scan, gallery }
}

import { isDeepStrictEqual } from 'node:util'
import type { Gallery, OpenProject, PlanInput } from '@imprompt/core'
import type { Start } from './host.ts'
import { untilPaid } from './until-paid.ts'

/** What a build has read and made. */
export interface Built {
  readonly scan: PlanInput
  readonly gallery: Gallery
}

/** What a framework makes of a site, mostly one after the other: pages for clients, and a server that renders them. */
export type Side = 'client' | 'server'

/** An environment that starts. */
export interface Joining extends Start {
  /** What seems wrong with the set-up; told before anything is bought. */
  readonly doubt: string | undefined
}

/** One build of a project, for every environment and every re-created plugin that takes part in it. */
export interface Session {
  /** Joins the build when an environment starts; the first to join scans, gates, buys, encodes and reports. */
  join(start: Joining): Promise<Built>
  /** Leaves it when an environment has ended. */
  leave(): void
  /** What it came to; nothing before somebody joined. */
  built(): Promise<Built> | undefined
  /** Files whose directives were replaced, as places name them. */
  readonly rewritten: Set<string>
  /** Takes up a side of the site; answers whether that belongs to this build. */
  takesUp(side: Side): boolean
}

/**
 * Builds under way, by project root. The only module-level state: hosts re-create their plugins within one build, and
 * scan, gate, purchase and report must happen once.
 */
const sessions = new Map<string, Session>()

/**
 * The build of a project that a plugin takes part in, asked when its configuration is resolved: the one under way, or
 * a new one. It is over once every environment that joined has left, but for the side of the site that nobody built yet;
 * or when it has failed. Who joins after that begins anew under a watcher, which rebuilds it, or where the project has
 * changed since.
 */
export function sessionFor(project: OpenProject, side: Side): Session {
  const { root } = project.pipeline
  const earlier = sessions.get(root)
  if (earlier?.takesUp(side) === true) return earlier
  const session: Session = createSession(project, () => {
    if (sessions.get(root) === session) sessions.delete(root)
  })
  session.takesUp(side)
  sessions.set(root, session)
  return session
}

function createSession(project: OpenProject, end: () => void): Session {
  const sides = new Set<Side>()
  let open = 0
  let isLeft = false
  let building: Promise<Built> | undefined
  return {
    rewritten: new Set(),
    takesUp: (side) => {
      if (isLeft && sides.has(side)) return false
      sides.add(side)
      return true
    },
    built: () => building,
    join: (start) => {
      const earlier = open === 0 && start.isWatch ? undefined : building
      const isUnderWay = earlier !== undefined && !isLeft
      open += 1
      isLeft = false
      if (isUnderWay) return earlier
      building = goOn(earlier, project, start).catch((failure: unknown) => {
        end()
        throw failure
      })
      return building
    },
    leave: () => {
      // A bundle that failed may be closed twice.
      open = Math.max(0, open - 1)
      isLeft = open === 0
      if (isLeft && sides.size === 2) end()
    },
  }
}

async function goOn(
  earlier: Promise<Built> | undefined,
  project: OpenProject,
  start: Joining,
): Promise<Built> {
  const built = await earlier
  if (built === undefined) return begin(project, start)
  const { requests, sources } = await project.pipeline.scan()
  const isUnchanged =
    isDeepStrictEqual(requests, built.scan.requests) &&
    isDeepStrictEqual(sources, built.scan.sources)
  return isUnchanged ? built : begin(project, start)
}

async function begin(project: OpenProject, start: Joining): Promise<Built> {
  const { pipeline, terms, keepReport } = project
  // A watcher rebuilds at every keystroke: it shows placeholders, and never buys.
  const mode = start.isWatch && terms.mode === 'generate' ? 'placeholder' : terms.mode
  const scan = await pipeline.scan()
  if (start.doubt !== undefined && scan.directives.length > 0) start.warn(start.doubt)
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
  if (terms.refusal !== undefined) start.warn(terms.refusal.message)
  return { scan, gallery }
}

import { isDeepStrictEqual } from 'node:util'
import type { Gallery, OpenProject, Pipeline, PlanInput } from '@imprompt/core'
import type { Start, Visitor } from './host.ts'
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
  /** What it has opened, and buys by where the build begins with it. */
  readonly project: OpenProject
  /** What seems wrong with the set-up; told before anything is bought. */
  readonly doubt: string | undefined
}

/** One build of a project, for every environment and every re-created plugin that takes part in it. */
export interface Session {
  /**
   * Joins the build when an environment starts; the first to join scans, gates, buys, encodes and reports. Who joins when
   * all others have left goes on with what they made, or begins anew, on its own terms, where the content has changed.
   */
  join(start: Joining): Promise<Built>
  /** Leaves it when an environment has ended, which may be told more than once. */
  leave(visitor: Visitor): void
  /** What it came to; nothing before somebody joined. */
  built(): Promise<Built> | undefined
  /** Files whose directives were replaced, as places name them. */
  readonly rewritten: Set<string>
  /** Takes up a side of the site; answers whether that belongs to this build. */
  takesUp(project: OpenProject, side: Side): boolean
}

/**
 * Builds by project root, each until both of its sides have been built, it has failed, or another takes its place. The
 * only module-level state: hosts re-create their plugins within one build, and gate, purchase and report must happen once.
 */
const sessions = new Map<string, Session>()

/**
 * The build of a project that a plugin takes part in, asked when its configuration is resolved: the one under way, or a
 * new one where that is over, or has other settings or terms. It is over once every environment that joined has left, but
 * for the side of the site that nobody built yet; or when it has failed.
 */
export function sessionFor(project: OpenProject, side: Side): Session {
  const { root } = project.pipeline
  const earlier = sessions.get(root)
  if (earlier?.takesUp(project, side) === true) return earlier
  const session: Session = createSession(project, () => {
    if (sessions.get(root) === session) sessions.delete(root)
  })
  session.takesUp(project, side)
  sessions.set(root, session)
  return session
}

/** A build that nobody else takes part in, whatever others of this project have left behind. */
export function ownSession(project: OpenProject): Session {
  return createSession(project, () => {})
}

function createSession(first: OpenProject, end: () => void): Session {
  const sides = new Set<Side>()
  const here = new Set<Visitor>()
  const known = new Set<Visitor>()
  let building: Promise<Built> | undefined
  return {
    rewritten: new Set(),
    takesUp: (project, side) => {
      const isOver = building !== undefined && here.size === 0 && sides.has(side)
      if (isOver || !isAlike(project, first)) return false
      sides.add(side)
      return true
    },
    built: () => building,
    join: (start) => {
      const { visitor, isWatch } = start
      // A watcher that failed to build tells no end of it.
      const earlier = isWatch && known.has(visitor) ? undefined : building
      const isUnderWay = !isWatch && here.size > 0
      here.add(visitor)
      known.add(visitor)
      if (earlier !== undefined && isUnderWay) return earlier
      building = goOn(earlier, start).catch((failure: unknown) => {
        end()
        throw failure
      })
      return building
    },
    leave: (visitor) => {
      if (here.delete(visitor) && here.size === 0 && sides.size === 2) end()
    },
  }
}

/** Whether two openings of a project make the same pictures on the same terms. */
function isAlike(one: OpenProject, other: OpenProject): boolean {
  return (
    isDeepStrictEqual(one.terms, other.terms) &&
    isDeepStrictEqual(saidBy(one.pipeline), saidBy(other.pipeline))
  )
}

/** Providers and remotes are made anew by every reading of a configuration; none is asked by who only goes on. */
function saidBy({ settings }: Pipeline): object {
  const { provider, providers } = settings
  return { ...settings, provider: provider.id, providers: [...providers.keys()], remotes: [] }
}

async function goOn(earlier: Promise<Built> | undefined, start: Joining): Promise<Built> {
  const built = await earlier
  if (built === undefined) return begin(start)
  const { requests, sources } = await start.project.pipeline.scan()
  const isUnchanged =
    isDeepStrictEqual(requests, built.scan.requests) &&
    isDeepStrictEqual(sources, built.scan.sources)
  return isUnchanged ? built : begin(start)
}

async function begin(start: Joining): Promise<Built> {
  const { project } = start
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

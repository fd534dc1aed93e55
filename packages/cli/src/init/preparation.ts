import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import {
  ImpromptError,
  type OpenProject,
  type Site,
  addCommand,
  findProject,
  projectInGit,
} from '@imprompt/core'
import type { Request } from '../args.ts'
import { type Io, projectOf } from '../io.ts'
import { gitSteps, keyFiles } from './git-steps.ts'
import { hostInWords, hostOf, hostsIn } from './host.ts'
import { type Host, hosts } from './hosts.ts'
import { leftOf } from './left.ts'
import { type ProjectFacts, foldersBelow, isInstalled, projectFactsOf } from './project-facts.ts'
import { configStep } from './config-step.ts'
import type { Step } from './step.ts'
import { wiringStep } from './wiring-step.ts'
import { workflowStep } from './workflow-step.ts'

/** What makes a project ready for pictures. */
export interface Preparation {
  readonly facts: ProjectFacts
  /** Absent where nothing is known to build the project. */
  readonly host: Host | undefined
  readonly steps: readonly Step[]
  /** Absent where its configuration needs packages that are not installed. */
  readonly project: OpenProject | undefined
  /** The command that installs the packages that the project does not list; absent where it lists them all. */
  readonly install: string | undefined
  /** What a person does once the rest is written, in order. */
  readonly left: readonly string[]
}

/**
 * Looks at a project, and tells what it needs; writes nothing.
 * @throws `USAGE` where several hosts, or those of other folders of a workspace, may be meant; `LFS_MISSING`
 */
export async function prepare(request: Request, io: Io): Promise<Preparation> {
  const site = findProject(request.root, request.config)
  const facts = await projectFactsOf(request.root)
  const host = hostOf(facts, request.host)
  if (host === undefined && facts.workspace === 'root') await refuseForMembers(facts, io)
  const project = await openIfInstalled(site, request, io)
  const git = await projectInGit(site.root, keyFiles, io.environment)
  const install = await installCommand(host, facts, io.version)
  const steps = [
    host === undefined ? unknownHost : wiringStep(host, facts),
    configStep(site, facts, host),
    ...(await gitSteps(site, git, project)),
    ...(await storeSteps(project, site, request)),
  ]
  const check = workflowStep(facts, git, request.usesLfs)
  const found = { facts, host, project, install }
  const left = await leftOf({ ...found, steps, check, git }, io.cwd)
  return { ...found, steps: [...steps, check], left }
}

const unknownHost: Step = {
  kind: 'by-hand',
  reason: 'what builds this project is not known, and shows no pictures yet',
  lines: `\`imprompt init --host NAME\` names it: ${hosts.map(({ id }) => id).join(', ')}
for anything else, Hosts in the README has what to write
`,
}

/** Most folders of a workspace that are named. */
const maxMembers = 10

/** Who runs this at the top of a workspace means one of its projects. */
async function refuseForMembers({ folder }: ProjectFacts, io: Io): Promise<void> {
  const members = foldersBelow(folder, 2).filter((one) =>
    existsSync(join(folder, one, 'package.json')),
  )
  const lines: string[] = []
  for (const member of members) {
    const facts = await projectFactsOf(join(folder, member))
    const [host] = hostsIn(facts)
    const path = relative(io.cwd, join(folder, member)).replaceAll('\\', '/')
    if (host !== undefined)
      lines.push(`  imprompt init --root ${path}  ${hostInWords(host, facts)}`)
  }
  if (lines.length === 0) return
  throw new ImpromptError(
    'USAGE',
    [
      'This is the top of a workspace, and its projects are below; nothing was written. Expected one of them',
      ...lines.slice(0, maxMembers),
    ].join('\n'),
  )
}

async function openIfInstalled(
  { root }: Site,
  request: Request,
  io: Io,
): Promise<OpenProject | undefined> {
  try {
    return await projectOf(request, io)
  } catch (cause) {
    // A configuration that was written a moment ago loads once its package is installed.
    if (cause instanceof ImpromptError && !isInstalled('@imprompt/core', root)) return undefined
    throw cause
  }
}

async function storeSteps(
  project: OpenProject | undefined,
  { root }: Site,
  { usesLfs }: Request,
): Promise<readonly Step[]> {
  if (project === undefined) {
    const path = join(root, '.imprompt')
    if (existsSync(join(path, '.gitignore')) && !usesLfs) return [{ kind: 'there', path }]
    const reason =
      'the configuration tells where the store is once its packages are installed; run this again then'
    return [{ kind: 'by-hand', path, reason, lines: '' }]
  }
  const { upkeep, storeFolder } = project
  const changes = await upkeep.gitChanges({ usesLfs })
  if (changes.length === 0) return [{ kind: 'there', path: storeFolder }]
  return changes.map((change) => ({
    kind: 'write',
    path: join(storeFolder, change.name),
    change,
  }))
}

/** In the version of this command line, so that they use one version of core. */
async function installCommand(
  host: Host | undefined,
  { folder, dependencies }: ProjectFacts,
  version: string,
): Promise<string | undefined> {
  const missing = [...(host?.packages ?? []), '@imprompt/core', 'imprompt'].filter(
    (name) => !dependencies.has(name),
  )
  if (missing.length === 0) return undefined
  return addCommand(
    folder,
    missing.map((name) => `${name}@${version}`),
  )
}

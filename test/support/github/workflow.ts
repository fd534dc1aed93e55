import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { parse } from 'yaml'
import { gitEnvironment } from '../git-project.ts'

const bin = fileURLToPath(new URL('../../../packages/cli/dist/bin.js', import.meta.url))

interface Step {
  readonly name?: string
  readonly uses?: string
  readonly run?: string
  readonly if?: string
  readonly with?: Readonly<Record<string, unknown>>
  readonly env?: Readonly<Record<string, string>>
}

export interface Job {
  readonly if: string
  readonly 'runs-on': string
  readonly concurrency?: { readonly group: string }
  readonly permissions: Readonly<Record<string, string>>
  readonly steps: readonly Step[]
}

/** A workflow in the form that ours has. */
export interface Workflow {
  readonly env: Readonly<Record<string, string>>
  readonly jobs: Readonly<Record<string, Job>>
}

const texts = { type: 'object', additionalProperties: { type: 'string' } } as const

/** Whatever else GitHub knows is refused, as nobody looks at it here. */
const isWorkflow = new Ajv2020().compile<Workflow>(
  strict({
    name: { type: 'string' },
    on: strict({ pull_request: { type: 'null' }, push: { const: { branches: ['main'] } } }),
    permissions: strict({}),
    env: texts,
    jobs: {
      type: 'object',
      additionalProperties: strict(
        {
          if: { type: 'string' },
          'runs-on': { const: 'ubuntu-latest' },
          concurrency: strict({ group: { type: 'string' } }),
          permissions: { type: 'object', additionalProperties: { enum: ['read', 'write'] } },
          steps: {
            type: 'array',
            items: strict(
              {
                name: { type: 'string' },
                uses: { type: 'string' },
                run: { type: 'string' },
                if: { type: 'string' },
                with: { type: 'object' },
                env: texts,
              },
              [],
            ),
          },
        },
        ['if', 'runs-on', 'permissions', 'steps'],
      ),
    },
  }),
)

/** @param required All properties where it is left out. */
function strict(
  properties: Readonly<Record<string, object>>,
  required: readonly string[] = Object.keys(properties),
): object {
  return { type: 'object', properties, required, additionalProperties: false }
}

/** Reads a workflow, and refuses one that has another form. */
export function readWorkflow(yaml: string): Workflow {
  const workflow: unknown = parse(yaml)
  if (isWorkflow(workflow)) return workflow
  throw new Error(JSON.stringify(isWorkflow.errors))
}

/** What a job is run with. */
export interface Runner {
  /** Where the repository was checked out. */
  readonly folder: string
  /** Holds programs of the runner, its temporary files and the summary; outside of the repository. */
  readonly home: string
  /** Values of expressions, `true` or not for conditions. */
  readonly values: ReadonlyMap<string, string>
  readonly environment: Readonly<Record<string, string>>
  /** Called after each step that was run. */
  readonly after?: (name: string) => void
}

/** What a job came to. */
export interface JobRun {
  /** Exit codes of the steps that were run, by their names. */
  readonly codes: Readonly<Record<string, number | null>>
  readonly output: string
  readonly summary: string
}

/** Runs those steps of a job that are scripts, as GitHub does; packages are installed already. */
export async function runJob(workflow: Workflow, job: Job, runner: Runner): Promise<JobRun> {
  const { home, folder, values } = runner
  const codes: Record<string, number | null> = {}
  let output = ''
  prepare(runner)
  for (const { name = '', run, if: condition, env = {} } of job.steps) {
    const isFine = Object.values(codes).every((code) => code === 0)
    if (run === undefined || run === 'npm ci' || !holds(condition, isFine, values)) continue
    const own = Object.entries(env).map(([key, value]) => [key, evaluated(value, values)] as const)
    const child = spawn('bash', ['-e', '-c', run], {
      cwd: folder,
      env: {
        ...gitEnvironment,
        HOME: home,
        PATH: `${join(home, 'bin')}:${process.env['PATH'] ?? ''}`,
        CI: 'true',
        GITHUB_ACTIONS: 'true',
        GITHUB_WORKSPACE: folder,
        GITHUB_STEP_SUMMARY: join(home, 'summary.md'),
        RUNNER_TEMP: home,
        ...workflow.env,
        ...runner.environment,
        ...Object.fromEntries(own),
      },
    })
    const closed = new Promise<number | null>((resolve) => child.on('close', resolve))
    const [stdout, stderr, code] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      closed,
    ])
    output += stdout + stderr
    codes[name] = code
    runner.after?.(name)
  }
  const summary = join(home, 'summary.md')
  return { codes, output, summary: existsSync(summary) ? readFileSync(summary, 'utf8') : '' }
}

function prepare({ home }: Runner): void {
  mkdirSync(join(home, 'bin'), { recursive: true })
  const npx = `#!/bin/sh\ntest "$1" = imprompt || exit 127\nshift\nexec '${process.execPath}' '${bin}' "$@"\n`
  writeFileSync(join(home, 'bin/npx'), npx, { mode: 0o755 })
}

/** Without a function of states in it, a condition asks for the success of all before as well. */
function holds(
  condition: string | undefined,
  isFine: boolean,
  values: ReadonlyMap<string, string>,
): boolean {
  if (condition === undefined) return isFine
  const terms = /^\$\{\{ (.*) \}\}$/.exec(condition)?.[1]?.split(' && ') ?? []
  const [state, ...others] = terms
  if (state !== '!cancelled()' && state !== 'always()')
    throw new Error(`Nobody says what \`${condition}\` is`)
  return others.every((term) => valueOf(term, values) === 'true')
}

function evaluated(value: string, values: ReadonlyMap<string, string>): string {
  return value.replaceAll(/\$\{\{ (.*?) \}\}/g, (_, expression: string) =>
    valueOf(expression, values),
  )
}

function valueOf(expression: string, values: ReadonlyMap<string, string>): string {
  const value = values.get(expression)
  if (value === undefined) throw new Error(`Nobody says what \`${expression}\` is`)
  return value
}

import { readdirSync } from 'node:fs'
import { expect } from 'vitest'
import { openCli } from './cli-session.ts'
import type { OpenAiDouble } from './openai-server.ts'
import { credentials, makeProject, type TestProject } from './project.ts'

/** Whether the whole matrix is run, which takes minutes, as `pnpm test:faults` does; a small one is run with every test. */
export const isWhole: boolean = process.env['IMPROMPT_FAULTS'] === 'all'

/** What the title of a test says of a matrix that only `pnpm test:faults` runs whole; nothing there. */
export function sampleOf(all: string): string {
  return isWhole ? '' : ` (a sample of ${all}; \`pnpm test:faults\` runs all)`
}

/** Which of many like calls a fault meets, one after the other: each, for as long as there is one, or a few. */
export function* turns(few: readonly number[]): Generator<number> {
  if (isWhole) for (let nth = 1; ; nth += 1) yield nth
  yield* few
}

/** A project that asks for some pictures. */
export function projectOf(openAi: OpenAiDouble, pictures = 1): TestProject {
  const names = Array.from({ length: pictures }, (_one, at) => `fox ${at}`)
  return makeProject({
    '.env.local': credentials(openAi.url),
    'post.md': names
      .map((name) => `![gen: ${name}](size=512x512, quality=low, alt=fox)\n`)
      .join('\n'),
  })
}

/** Places of last resort that are the project's own. */
export function elsewhere(project: TestProject): Readonly<Record<string, string>> {
  project.write({ 'elsewhere/tmp/.keep': '', 'elsewhere/home/.keep': '' })
  return { TMPDIR: project.path('elsewhere/tmp'), HOME: project.path('elsewhere/home') }
}

/** What a project's bill is held against. */
interface Account {
  readonly openAi: OpenAiDouble
  readonly project: TestProject
  readonly environment?: Readonly<Record<string, string>>
  /** Pictures that were billed elsewhere. Default 0. */
  readonly paid?: number
}

/**
 * Once the world is whole again, all is stored after the next build, and after another one that has consent to repeat
 * unknown charges where the first tells of some; each picture was billed once, but for those.
 * @param pictures How many the project asks for.
 * @returns how many charges were unknown
 */
export async function expectSettled(
  { openAi, project, environment, paid = 0 }: Account,
  pictures = 1,
): Promise<number> {
  await using cli = openCli(project.root, environment && { environment })
  const next = await cli.run('generate', '--json')
  expect([0, 7], next.stderr).toContain(next.code)
  const unknown = next.code === 0 ? 0 : unknownIn(next.stdout)
  if (next.code === 7) expect(unknown).toBeGreaterThan(0)
  const last = unknown === 0 ? next : await cli.run('generate', '--json', '--retry-unknown')
  expect(last.code, last.stderr).toBe(0)
  const requests = openAi.requests
  const plan = await cli.run('plan')
  expect(plan.stdout).toContain(`${pictures} stored`)
  const verified = await cli.run('verify')
  expect(verified.code, verified.stdout).toBe(0)
  expect(attemptsIn(project)).toEqual([])
  expect(openAi.requests).toBe(requests)
  const billed = openAi.billed.length + paid
  expect(billed, `${unknown} unknown`).toBeGreaterThanOrEqual(pictures)
  expect(billed, `${unknown} unknown`).toBeLessThanOrEqual(pictures + unknown)
  return unknown
}

function unknownIn(json: string): number {
  const report: { readonly images: readonly { readonly state: string }[] } = JSON.parse(json)
  return report.images.filter(({ state }) => state === 'unknown').length
}

/** Files of attempts that a project has on record. */
export function attemptsIn(project: TestProject): readonly string[] {
  return readdirSync(project.path('.imprompt/journal')).filter((name) => name.endsWith('.json'))
}

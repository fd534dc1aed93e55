import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { type TestProject, makeProject } from './project.ts'

/** A key that OpenAI's double takes. */
const key = 'sk-test-canary-4f1d6a'
/** Far behind what an excerpt shows. */
const promptTail = 'canary-tail'
const prompt = `a lighthouse at dusk, ${'gouache on rough paper, '.repeat(20)}${promptTail}`
/** The folder that the project and its person's own files lie in. */
const home = 'canary-home'

/** What must not get out, by what it is. */
export const canaries = { key, promptTail, home, store: '.canary-store' } as const

/** A project in somebody's home, whose page asks for a picture and gives it an alternative text. */
export interface CanaryProject extends Disposable {
  readonly root: string
  readonly project: TestProject
  /** The environment of somebody whose home this is. */
  readonly environment: Readonly<Record<string, string>>
}

/** @param files Of the project, whose configuration may add to `config`. */
export function canaryProject(
  url: string,
  files: Readonly<Record<string, string>>,
  config = '',
): CanaryProject {
  const project = makeProject({})
  const own = {
    'package.json': '{ "type": "module" }\n',
    '.env.local': `OPENAI_API_KEY=${key}\nOPENAI_BASE_URL=${url}\n`,
    'imprompt.config.js': `export default { store: '${canaries.store}', styles: { house: '{prompt}. In the house style, canary-tail' }, ${config} }\n`,
    ...files,
  }
  for (const [name, content] of Object.entries(own))
    project.write({ [`${home}/site/${name}`]: content })
  const root = project.path(`${home}/site`)
  return {
    root,
    project,
    environment: { HOME: project.path(home) },
    [Symbol.dispose]: () => project[Symbol.dispose](),
  }
}

/** A directive whose prompt is a canary; in its style, too, where it has one. */
export function canaryDirective(attributes = ''): string {
  return `![gen: ${prompt}](size=512x512, quality=low, alt="A lighthouse"${attributes})\n`
}

type Canary = keyof typeof canaries

/** What no log may tell; the name of the store, from its project, says where bytes are that were paid for. */
const hiddenInLogs: readonly Canary[] = ['key', 'promptTail', 'home']

/** What others than whoever builds may see tells nothing of the store either. */
export const hiddenFromOthers: readonly Canary[] = [...hiddenInLogs, 'store']

/** Expects that a text tells none of these. */
export function expectNone(
  text: string | Buffer,
  what: string,
  names: readonly Canary[] = hiddenInLogs,
): void {
  for (const name of names) {
    const at = text.indexOf(canaries[name])
    const around = at === -1 ? '' : text.toString().slice(Math.max(0, at - 200), at + 50)
    expect(at, `${name} in ${what}: ${around}`).toBe(-1)
  }
}

/** Every file below a folder, with what it holds. */
export function filesBelow(folder: string): readonly (readonly [name: string, bytes: Buffer])[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => [name, readFileSync(join(folder, name))])
}

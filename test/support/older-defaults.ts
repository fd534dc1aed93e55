import { readFileSync, readdirSync } from 'node:fs'
import { expect } from 'vitest'
import type { Entry } from '../../packages/core/src/ports.ts'
import type { OpenAiDouble } from './openai-server.ts'
import { credentials, makeProject, type TestProject } from './project.ts'
import { runCli } from './run-cli.ts'

/** A configuration with defaults of this quality. @param more Options, as code. Default none. */
export function ofQuality(quality: string, more = ''): string {
  return `export default { quality: '${quality}', size: '512x512', ${more} }\n`
}

/**
 * A project whose pictures of a fox, which stands twice, and a hen were bought with a quality of `low`, as is the default no
 * more; that of an owl asks for it by name.
 */
export async function ofOlderDefaults(openAi: OpenAiDouble): Promise<TestProject> {
  const project = makeProject({
    '.env.local': credentials(openAi.url),
    'imprompt.config.js': ofQuality('low'),
    'posts/fox.md': '![gen: a fox](alt=fox)\n\n![gen: a fox](alt=again)\n',
    'posts/hen.md': '![gen: a hen](alt=hen, name=hen)\n',
    'posts/owl.md': '![gen: an owl](quality=low, alt=owl)\n',
  })
  expect((await runCli(project.root, ['generate'])).code).toBe(0)
  expect(openAi.billed).toHaveLength(3)
  project.write({ 'imprompt.config.js': ofQuality('medium') })
  return project
}

/** The entries of a project's store, in the order of their keys. */
export function entriesOf(project: TestProject): readonly Entry[] {
  const folder = project.path('.imprompt/images')
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')))
}

/** The entry of a picture by its prompt. */
export function entryOf(project: TestProject, prompt: string): Entry {
  const entry = entriesOf(project).find(({ request }) => request.prompt === prompt)
  if (entry === undefined) throw new Error(`nothing is stored of ${prompt}`)
  return entry
}

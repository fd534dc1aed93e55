import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { fsStore } from '../../packages/core/src/store/fs-store.ts'
import { refusals, startOpenAi, type OpenAiDouble } from '../support/openai-server.ts'
import { credentials, makeProject, type TestProject } from '../support/project.ts'
import { runCli } from '../support/run-cli.ts'

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** The original of the picture that was bought by this prompt. */
async function originalOf(prompt: string, project: TestProject): Promise<string | undefined> {
  const found = await fsStore(project.path('.imprompt')).entries()
  const entries = found.kind === 'hit' ? found.value : []
  return entries.find(({ request }) => request.prompt === prompt)?.original.sha256
}

async function generate(project: TestProject, code = 0): Promise<string> {
  const run = await runCli(project.root, ['generate'])
  expect(run.code, run.stderr).toBe(code)
  return run.stdout + run.stderr
}

function sentAlong(openAi: OpenAiDouble): readonly (readonly string[])[] {
  return openAi.received.map(({ uploads }) => uploads.map(({ bytes }) => sha256(bytes)))
}

test('variations are bought after the picture that they vary, which goes along', async () => {
  await using openAi = await startOpenAi()
  using project = makeProject({
    '.env.local': credentials(openAi.url),
    'posts/b.md': '![gen: an inn](name=inn, size=1024x1024, quality=low, alt=Inn)\n',
    'posts/a.md':
      '![gen:](vary=night, quality=low, alt="")\n\n![gen: by night](vary=Inn, quality=low, name=night, alt=Night)\n',
  })
  expect(await generate(project)).toContain('3 bought')
  expect(openAi.received.map(({ path }) => path)).toEqual([
    '/v1/images/generations',
    '/v1/images/edits',
    '/v1/images/edits',
  ])
  expect(sentAlong(openAi)).toEqual([
    [],
    [await originalOf('an inn', project)],
    [await originalOf('by night', project)],
  ])
  expect(openAi.received[2]?.body).toMatchObject({
    prompt: 'A variation of this picture: by night',
    size: '1024x1024',
  })
  expect(openAi.billed).toHaveLength(3)

  expect(await generate(project)).toContain('3 stored')
  expect(openAi.requests).toBe(3)
})

test('a picture that stands on a draft alone is bought where a published page varies it', async () => {
  await using openAi = await startOpenAi()
  using project = makeProject({
    '.env.local': credentials(openAi.url),
    'posts/a.md': '![gen: by night](vary=inn, quality=low, alt=Night)\n',
    'posts/b.md': '---\ndraft: true\n---\n\n![gen: an inn](name=inn, quality=low, alt=Inn)\n',
  })
  expect(await generate(project)).toContain('2 bought')
  expect(openAi.billed).toHaveLength(2)
  expect(openAi.requests).toBe(2)
})

test('a stored variation needs the picture that it varies no more', async () => {
  await using openAi = await startOpenAi()
  using project = makeProject({
    '.env.local': credentials(openAi.url),
    'posts/a.md': '![gen: by night](vary=inn, quality=low, alt=Night)\n',
    'posts/b.md': '![gen: an inn](name=inn, quality=low, alt=Inn)\n',
  })
  await generate(project)
  project.write({
    'posts/b.md': '---\ndraft: true\n---\n\n![gen: an inn](name=inn, quality=low, alt=Inn)\n',
  })
  expect(await generate(project)).toContain('2 stored')
  expect(openAi.billed).toHaveLength(2)
  expect(openAi.requests).toBe(2)
})

test('nothing is asked for where the picture that is varied was refused', async () => {
  await using openAi = await startOpenAi()
  openAi.fail(refusals.moderation)
  using project = makeProject({
    '.env.local': credentials(openAi.url),
    'posts/a.md': '![gen: by night](vary=inn, quality=low, alt=Night)\n',
    'posts/b.md': '![gen: an inn](name=inn, quality=low, alt=Inn)\n',
  })
  const told = await generate(project, 5)
  expect(told).toContain('the picture that it varies was not made')
  expect(openAi.billed).toHaveLength(0)
  expect(openAi.requests).toBe(1)
})

test('a server that still has DALL·E 2 varies a picture without words', async () => {
  await using openAi = await startOpenAi({ plays: 'dall-e' })
  using project = makeProject({
    '.env.local': 'OPENAI_API_KEY=sk-test-1234567890\n',
    'imprompt.config.ts': `import { defineConfig, openai } from '@imprompt/core'
export default defineConfig({
  provider: openai({ id: 'proxy', baseURL: '${openAi.url}', defaultModel: 'dall-e-2',
    models: [{ id: 'dall-e-2', variesWithoutPrompt: true }] }),
  size: '512x512',
  prices: { 'dall-e-2': { maxMicroUsd: 20_000 } },
})
`,
    'posts/a.md': '![gen: an inn](name=inn, alt=Inn)\n\n![gen:](vary=inn, alt="Another inn")\n',
  })
  expect(await generate(project)).toContain('2 bought')
  expect(openAi.received.map(({ path }) => path)).toEqual([
    '/v1/images/generations',
    '/v1/images/variations',
  ])
  expect(openAi.received[1]?.body).not.toHaveProperty('prompt')
  expect(openAi.billed).toHaveLength(2)
  expect(openAi.requests).toBe(2)
})

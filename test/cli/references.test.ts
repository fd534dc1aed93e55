import { renameSync } from 'node:fs'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { startOpenAi } from '../support/openai-server.ts'
import { credentials, makeProject } from '../support/project.ts'
import { runCli } from '../support/run-cli.ts'

const png = (background: string): Promise<Buffer> =>
  sharp({ create: { width: 64, height: 64, channels: 4, background } })
    .png()
    .toBuffer()

const post = (ref: string): string =>
  `![gen: a fox](size=512x512, quality=low, alt=fox, ref=${ref}, mask=/art/mask.png)\n`

test('a picture after a file is bought once by what the file holds', async () => {
  await using openAi = await startOpenAi()
  using project = makeProject({
    '.env.local': credentials(openAi.url),
    'art/mask.png': await png('#0000'),
    'posts/fox.png': await png('red'),
    'posts/a.md': post('fox.png'),
  })
  const generate = async (): Promise<string> => {
    const { code, stdout, stderr } = await runCli(project.root, ['generate'])
    expect(stderr).toBe('')
    expect(code).toBe(0)
    return stdout
  }
  expect(await generate()).toContain('1 bought')
  expect(openAi.received[0]).toMatchObject({ path: '/v1/images/edits' })
  expect(openAi.received[0]?.uploads.map(({ field }) => field)).toHaveLength(2)

  renameSync(project.path('posts/fox.png'), project.path('art/red.png'))
  project.write({ 'posts/a.md': post('../art/red.png') })
  expect(await generate()).toContain('1 stored')
  expect(openAi.billed).toHaveLength(1)

  project.write({ 'art/red.png': await png('blue') })
  expect(await generate()).toContain('1 bought')
  expect(openAi.billed).toHaveLength(2)
  expect(openAi.requests).toBe(2)
})

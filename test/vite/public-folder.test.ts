import { readFileSync } from 'node:fs'
import { build } from 'vite'
import imprompt from 'vite-plugin-imprompt'
import { expect, test } from 'vitest'
import { startOpenAi } from '../support/openai-server.ts'
import { credentials, makeProject } from '../support/project.ts'
import { groundOf } from '../support/site-ground.ts'
import { rawSite } from '../support/sites.ts'

test.for(['public', 'static'])(
  'a directive in the public folder `%s`, which is copied as it is, buys nothing',
  async (publicDir) => {
    await using openAi = await startOpenAi()
    using project = makeProject({
      ...rawSite,
      'post.md': '![gen: a fox](size=512x512, quality=low, alt=fox)\n',
      '.env.local': credentials(openAi.url),
      [`${publicDir}/notes.md`]: '![gen: a hen](size=512x512, quality=low, alt=hen)\n',
    })
    await build({ root: project.root, publicDir, logLevel: 'silent', plugins: [imprompt()] })
    expect(readFileSync(project.path('dist/notes.md'), 'utf8')).toContain('gen: a hen')
    expect(openAi.billed).toHaveLength(1)
    expect(openAi.requests).toBe(1)
  },
)

test('a public folder that is the root itself takes no content out', async () => {
  using project = makeProject({ ...rawSite, 'post.md': '![gen: a fox](alt=fox)\n' })
  const told: string[] = []
  const log = { info: (line: string) => void told.push(line), warn: () => {} }
  const { api } = imprompt()
  await api.open({ ...groundOf(project), command: 'dev', publicDir: project.root, log })
  await api.pictures()
  expect(told).toEqual([expect.stringMatching(/^1 placeholder in post\.md; /)])
})

import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { widthOf } from '../support/hosts/look.ts'
import { describeHost } from '../support/hosts/suite.ts'
import { serveFolder } from '../support/static-server.ts'

const stage = describeHost({
  name: 'sveltekit',
  fifty: 'src/routes/+page.svx',
  build: ['vite', 'build'],
  dev: ['vite', '--port'],
  output: 'build',
  page: '',
  second: { link: 'Second', alts: ['a second harbour', 'the harbour of the configuration'] },
  others: 3,
})

test('front matter of mdsvex holds the address of its picture', async () => {
  const { project, browser } = stage()
  await using server = await serveFolder(project.path('build'), '/')
  const page = await browser.newPage()
  await page.goto(`${server.url}second/`)
  expect(await widthOf(page, '#cover')).toBe(64)
  await page.close()
})

test('no picture is there twice', () => {
  const files = readdirSync(stage().project.path('build'), { recursive: true, encoding: 'utf8' })
  const stems = files
    .filter((file) => file.endsWith('.avif'))
    .map((file) => file.replace(/.*\//, ''))
  expect(stems.length).toBeGreaterThan(50)
  expect(new Set(stems).size).toBe(stems.length)
})

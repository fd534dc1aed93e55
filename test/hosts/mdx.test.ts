import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { serveFolder } from '../support/static-server.ts'
import { widthOf } from '../support/hosts/look.ts'
import { describeHost } from '../support/hosts/suite.ts'

const stage = describeHost({
  name: 'mdx',
  fifty: 'src/posts/fifty.mdx',
  build: ['vite', 'build'],
  dev: ['vite', '--port'],
  output: 'dist',
  page: '',
  second: { link: 'Second', alts: ['a second harbour', 'a picture in an element of {JSX}'] },
  others: 6,
})

test('a file named .md, in which MDX drops HTML, shows plain images', async () => {
  const { project, browser } = stage()
  await using server = await serveFolder(project.path('dist'), '/')
  const page = await browser.newPage()
  await page.goto(`${server.url}#plain`, { waitUntil: 'networkidle' })
  await page.waitForSelector('h1:has-text("Plain page")')
  const images = await page.$$eval('main img', (found) =>
    found.map((image) => [image.getAttribute('alt'), image.getAttribute('title')]),
  )
  expect(images).toEqual([
    ['a picture in a file named .md', 'A *title*'],
    ['a | bar & [brackets]', null],
  ])
  await page.waitForFunction(() =>
    [...document.querySelectorAll('img')].every((image) => image.naturalWidth > 0),
  )
  await page.close()
})

test('front matter that MDX exports holds the address of its picture', async () => {
  const { project, browser } = stage()
  await using server = await serveFolder(project.path('dist'), '/')
  const page = await browser.newPage()
  await page.goto(`${server.url}#second`)
  expect(await widthOf(page, '#cover')).toBe(64)
  await page.close()
})

test.for(['a-picture-in-a-file-named-md', 'a-cover-in-front-matter'])(
  'of %s there is no file that no page shows',
  (stem) => {
    const files = readdirSync(stage().project.path('dist/assets'))
    expect(files.filter((name) => name.startsWith(stem))).toEqual([
      expect.stringMatching(/-64-[\w-]+\.(?:jpg|png)$/),
    ])
  },
)

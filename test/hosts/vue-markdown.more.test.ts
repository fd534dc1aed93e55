import { expect, test } from 'vitest'
import { startDev } from '../support/hosts/dev-server.ts'
import { troubleOf } from '../support/hosts/look.ts'
import { describeHost } from '../support/hosts/suite.ts'
import { serveFolder } from '../support/static-server.ts'

const dev = ['vite', '--port']

const stage = describeHost({
  name: 'vue-markdown',
  fifty: 'src/pages/fifty.md',
  build: ['vite-ssg', 'build'],
  dev,
  output: 'dist',
  page: '',
  second: { link: 'Second', alts: ['a second harbour'] },
  others: 3,
})

test('front matter of a component holds the address of its picture', async () => {
  const { project, browser } = stage()
  await using server = await serveFolder(project.path('dist'), '/')
  const page = await browser.newPage()
  const trouble = troubleOf(page)
  await page.goto(server.url, { waitUntil: 'networkidle' })
  await page.click('a:text-is("Second")')
  await page.waitForFunction(
    () => (document.querySelector<HTMLImageElement>('#cover')?.naturalWidth ?? 0) > 0,
  )
  expect(trouble).toEqual([])
  await page.close()
})

test('a component that changes in development shows another picture', async () => {
  const { project, browser } = stage()
  await using server = await startDev(project, dev, { BASE: '/blog/' })
  const page = await browser.newPage()
  const trouble = troubleOf(page)
  await page.goto(`${server.url}blog/second`, { waitUntil: 'networkidle' })
  await page.waitForSelector('img[alt="a second harbour"]')
  const second = project.read('src/pages/second.md')
  project.write('src/pages/second.md', second.replace('a second', 'a third'))
  const image = page.locator('img[alt="a third harbour"]')
  await image.waitFor()
  expect(
    await image.evaluate(async (one: HTMLImageElement) => {
      one.loading = 'eager'
      await one.decode()
      return one.naturalWidth
    }),
  ).toBeGreaterThan(0)
  expect(trouble).toEqual([])
  await page.close()
}, 120_000)

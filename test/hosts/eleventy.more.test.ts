import { expect, test } from 'vitest'
import { describeEditedPage } from '../support/hosts/edited-pages.ts'
import { describeKeptPage } from '../support/hosts/kept-pages.ts'
import { describeHost } from '../support/hosts/suite.ts'

const build = ['eleventy'] as const
const dev = ['eleventy', '--serve', '--port'] as const

const stage = describeHost({
  name: 'eleventy',
  fifty: 'src/fifty.md',
  isBoughtBefore: true,
  build,
  dev,
  output: '_site',
  page: 'fifty/',
  second: { link: 'Second', alts: ['a second harbour'] },
  others: 3,
})

describeKeptPage(stage, { build, post: 'src/second.md', html: '_site/second/index.html' })

test('front matter holds addresses, also where another page lists it', () => {
  const { project } = stage()
  const address = '/pictures/a-cover-in-front-matter-64-\\w+.jpg'
  expect(project.read('_site/second/index.html')).toMatch(new RegExp(`id="cover" src="${address}"`))
  expect(project.read('_site/fifty/index.html')).toMatch(
    new RegExp(`class="listed" src="${address}"`),
  )
})

describeEditedPage(stage, {
  dev,
  post: 'src/second.md',
  prompt: 'a kept harbour',
  page: 'second/',
})

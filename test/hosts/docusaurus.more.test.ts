import { expect, test } from 'vitest'
import { describeEditedPage } from '../support/hosts/edited-pages.ts'
import { describeKeptPage } from '../support/hosts/kept-pages.ts'
import { describeHost } from '../support/hosts/suite.ts'

const build = ['docusaurus', 'build'] as const
const dev = ['docusaurus', 'start', '--no-open', '--port'] as const

const stage = describeHost({
  name: 'docusaurus',
  fifty: 'docs/fifty.md',
  isBoughtBefore: true,
  build,
  dev,
  output: 'build',
  page: 'fifty/',
  second: { link: 'Second', alts: ['a second harbour', 'a picture in a note'] },
  others: 4,
})

describeKeptPage(stage, { build, post: 'docs/second.md', html: 'build/second/index.html' })

test('front matter holds addresses', () => {
  const html = stage().project.read('build/second/index.html')
  expect(html).toMatch(
    /property="og:image" content="https:\/\/example\.com\/pictures\/a-cover-in-front-matter-64-\w+\.jpg"/,
  )
})

describeEditedPage(stage, {
  dev,
  post: 'docs/second.md',
  prompt: 'a kept harbour',
  page: 'second',
})

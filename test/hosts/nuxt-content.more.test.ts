import { describeEditedPage } from '../support/hosts/edited-pages.ts'
import { describeKeptPage } from '../support/hosts/kept-pages.ts'
import { describeHost } from '../support/hosts/suite.ts'

const build = ['nuxt', 'generate'] as const
const dev = ['nuxt', 'dev', '--port'] as const

const stage = describeHost({
  name: 'nuxt-content',
  fifty: 'content/index.md',
  isBoughtBefore: true,
  build,
  dev,
  output: '.output/public',
  page: '',
  second: { link: 'Second', alts: ['a second harbour'] },
  others: 3,
})

describeKeptPage(stage, {
  build,
  post: 'content/second.md',
  html: '.output/public/second/index.html',
})

describeEditedPage(stage, {
  dev,
  post: 'content/second.md',
  prompt: 'a kept harbour',
  page: 'second',
})

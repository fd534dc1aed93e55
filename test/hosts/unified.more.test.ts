import { describeHost } from '../support/hosts/suite.ts'

describeHost({
  name: 'unified',
  fifty: 'posts/fifty.md',
  isBoughtBefore: true,
  build: ['node', 'build.js'],
  output: 'dist',
  page: 'fifty.html',
  second: { link: 'Second', alts: ['a second harbour'] },
  others: 2,
})

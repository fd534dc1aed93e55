import { describeHost } from '../support/hosts/suite.ts'

describeHost({
  name: 'vike',
  fifty: 'pages/index/+Page.mdx',
  build: ['vike', 'build'],
  dev: ['vike', 'dev', '--port'],
  output: 'dist/client',
  page: '',
  second: { link: 'Second', alts: ['a second harbour', 'the harbour of the configuration'] },
  others: 2,
})

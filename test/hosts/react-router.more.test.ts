import { describeHost } from '../support/hosts/suite.ts'

describeHost({
  name: 'react-router',
  fifty: 'app/routes/fifty.mdx',
  build: ['react-router', 'build'],
  dev: ['react-router', 'dev', '--port'],
  output: 'build/client',
  page: '',
  second: { link: 'Second', alts: ['a second harbour', 'the harbour of the configuration'] },
  others: 2,
})

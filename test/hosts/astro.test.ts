import { describe, expect, test } from 'vitest'
import { startDev } from '../support/hosts/dev-server.ts'
import { picturesOn, troubleOf } from '../support/hosts/look.ts'
import { describeHost } from '../support/hosts/suite.ts'
import { serveFolder } from '../support/static-server.ts'

const stage = describeHost({
  name: 'astro',
  fifty: 'src/content/posts/fifty.md',
  build: ['astro', 'build'],
  dev: ['astro', 'dev', '--port'],
  output: 'dist',
  page: '',
  second: { link: 'Second', alts: ['a second harbour', 'the harbour of the configuration'] },
})

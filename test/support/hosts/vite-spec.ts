import type { HostSpec } from './suite.ts'

/** The same plain project under one version of Vite. */
export function viteSpec(name: 'vite-5' | 'vite-6' | 'vite-7' | 'vite-8'): HostSpec {
  return {
    name,
    sources: 'vite-8',
    fifty: 'src/posts/fifty.md',
    build: ['vite', 'build'],
    dev: ['vite', '--port'],
    output: 'dist',
    page: '',
    second: { link: 'Second', alts: ['a second harbour', 'the harbour of the configuration'] },
  }
}

import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { makeProject } from './support/project.ts'

const tsc = fileURLToPath(new URL('../node_modules/.bin/tsc', import.meta.url))

const files = {
  'main.ts': `import hero from 'virtual:imprompt/hero'
const width: number = hero.width
const html: string = hero.html
// @ts-expect-error There is no such field.
hero.prompt
export { width, html }
`,
  'imprompt.config.ts': `import { defineConfig, openai, sketch } from '@imprompt/core'
export default defineConfig({ provider: sketch(), providers: [openai()], budget: { build: '$1' } })
`,
  'vite.config.ts': `import { defineConfig } from 'vite'
import imprompt from 'vite-plugin-imprompt'
export default defineConfig({ plugins: [imprompt()] })
`,
}

test.for([
  ['any name', '/// <reference types="vite-plugin-imprompt/client" />\n'],
  [
    'the names of the project',
    `declare module 'virtual:imprompt/hero' {
  const picture: import('vite-plugin-imprompt').PictureData
  export default picture
}
`,
  ],
] as const)('a project type-checks with the types of %s', ([, types]) => {
  using project = makeProject({ ...files, 'env.d.ts': types })
  const options = ['--strict', '--noEmit', '--module', 'esnext', '--moduleResolution', 'bundler']
  const strange = ['--target', 'es2024', '--skipLibCheck', '--types', 'node', '--pretty', 'false']
  const names = ['main.ts', 'imprompt.config.ts', 'vite.config.ts', 'env.d.ts']
  const run = (): string =>
    execFileSync(tsc, [...options, ...strange, ...names], { cwd: project.root, encoding: 'utf8' })
  expect(run).not.toThrow()
})

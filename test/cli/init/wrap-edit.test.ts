import { expect, test } from 'vitest'
import type { ConfigEdit } from '../../../packages/cli/src/init/config-edit.ts'
import { readConfigSource } from '../../../packages/cli/src/init/config-source.ts'
import { wrapExport } from '../../../packages/cli/src/init/wrap-edit.ts'

const wrapper = {
  from: 'markdown-it-imprompt/vitepress',
  name: 'withPictures',
  local: 'withPictures',
}

function edited(source: string): ConfigEdit {
  const config = readConfigSource(source)
  return 'fault' in config ? { kind: 'by-hand', reason: config.fault } : wrapExport(wrapper, config)
}

const line = "import { withPictures } from 'markdown-it-imprompt/vitepress'"

test.for([
  [
    "import { defineConfig } from 'vitepress'\n\n// mine\nexport default defineConfig({\n  title: 'Docs',\n})\n",
    `import { defineConfig } from 'vitepress'\n${line}\n\n// mine\nexport default withPictures(defineConfig({\n  title: 'Docs',\n}))\n`,
  ],
  [
    'const config = { title: "Docs" };\nexport default config;\n',
    `${line.replaceAll("'", '"')};\n\nconst config = { title: "Docs" };\nexport default withPictures(config);\n`,
  ],
  [
    "import { withMermaid } from 'vitepress-plugin-mermaid'\nexport default withMermaid({ title: 'Docs' } satisfies X)\n",
    `import { withMermaid } from 'vitepress-plugin-mermaid'\n${line}\nexport default withPictures(withMermaid({ title: 'Docs' } satisfies X))\n`,
  ],
])('wraps what a configuration exports: %j', ([source = '', expected]) => {
  expect(edited(source)).toEqual({ kind: 'changed', source: expected })
  expect(edited(expected ?? '')).toEqual({ kind: 'there' })
})

test.for([
  'export default async () => ({ title: "Docs" })\n',
  'export default function config() { return {} }\n',
  'module.exports = {}\n',
  'const withPictures = 1\nexport default {}\n',
])('is left to a person: %j', (source) => {
  expect(edited(source)).toMatchObject({ kind: 'by-hand' })
})

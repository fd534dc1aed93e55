import { describe, expect, test } from 'vitest'
import type { ConfigEdit } from '../../../packages/cli/src/init/config-edit.ts'
import { readConfigSource } from '../../../packages/cli/src/init/config-source.ts'
import { type Listed, addToList } from '../../../packages/cli/src/init/list-edit.ts'

const plugin: Listed = {
  from: 'vite-plugin-imprompt',
  name: 'default',
  local: 'imprompt',
  field: 'plugins',
  place: 'first',
}
const integration: Listed = {
  ...plugin,
  from: '@imprompt/astro',
  field: 'integrations',
  place: 'last',
}

function edited(source: string, listed: Listed): ConfigEdit {
  const config = readConfigSource(source)
  return 'fault' in config ? { kind: 'by-hand', reason: config.fault } : addToList(listed, config)
}

/** Lines of a text that the other has not, each behind `+`, and those that only the other has behind `-`. */
function lines(before: string, after: string): readonly string[] {
  const [old, now] = [before.split('\n'), after.split('\n')]
  return [
    ...old.filter((line) => !now.includes(line)).map((line) => `-${line}`),
    ...now.filter((line) => !old.includes(line)).map((line) => `+${line}`),
  ]
}

const imported = "+import imprompt from 'vite-plugin-imprompt'"

describe('a plugin comes first in a list, as its file is written', () => {
  test.for<[string, string, readonly string[]]>([
    [
      'a list on a line',
      "import { defineConfig } from 'vite'\nimport vue from '@vitejs/plugin-vue'\n\n// https://vite.dev/config/\nexport default defineConfig({\n  plugins: [vue()],\n})\n",
      ['-  plugins: [vue()],', imported, '+  plugins: [imprompt(), vue()],'],
    ],
    [
      'a list of lines with comments',
      'import { defineConfig } from "vite";\nimport mdx from "@mdx-js/rollup";\n\nexport default defineConfig({\n  plugins: [\n    // before React\n    { enforce: "pre", ...mdx() },\n    react(), // last\n  ],\n});\n',
      ['+import imprompt from "vite-plugin-imprompt";', '+    imprompt(),'],
    ],
    [
      'tabs',
      "import { sveltekit } from '@sveltejs/kit/vite';\nimport { defineConfig } from 'vite';\n\nexport default defineConfig({\n\tplugins: [sveltekit()]\n});\n",
      [
        '-\tplugins: [sveltekit()]',
        "+import imprompt from 'vite-plugin-imprompt';",
        '+\tplugins: [imprompt(), sveltekit()]',
      ],
    ],
    [
      'no list',
      "import { defineConfig } from 'vite'\n\nexport default defineConfig({\n  // mine\n  server: { port: 3000 },\n})\n",
      [imported, '+  plugins: [imprompt()],'],
    ],
    [
      'no list, in tabs',
      "import { defineConfig } from 'vite'\n\nexport default defineConfig({\n\tserver: {},\n})\n",
      [imported, '+\tplugins: [imprompt()],'],
    ],
    [
      'an empty object',
      "import { defineConfig } from 'vite'\n\nexport default defineConfig({})\n",
      [
        '-export default defineConfig({})',
        imported,
        '+export default defineConfig({',
        '+  plugins: [imprompt()],',
        '+})',
      ],
    ],
    [
      'an object alone, and what JSDoc says of it',
      "// @ts-check\n\n/** @type {import('vite').UserConfig} */\nexport default { build: {} }\n",
      [
        '-export default { build: {} }',
        imported,
        '+export default { plugins: [imprompt()], build: {} }',
      ],
    ],
    [
      'an empty list of lines',
      'export default {\n  plugins: [\n    // none\n  ],\n}\n',
      [imported, '+    imprompt(),'],
    ],
    [
      'a function that returns once',
      "import { defineConfig, loadEnv } from 'vite' // both\nexport default defineConfig(async ({ mode }) => {\n  const env = loadEnv(mode, process.cwd(), '')\n  return {\n    plugins: [],\n    define: { a: env.A },\n  }\n})\n",
      ['-    plugins: [],', imported, '+    plugins: [imprompt()],'],
    ],
    [
      'a declared function',
      'export default function config() {\n  return { plugins: [a()] }\n}\n',
      ['-  return { plugins: [a()] }', imported, '+  return { plugins: [imprompt(), a()] }'],
    ],
    [
      'constants, and types',
      "import type { UserConfig } from 'vite'\nconst plugins = [a(), x && b()].filter(Boolean)\nconst config = { plugins } satisfies UserConfig\nexport default config as UserConfig\n",
      [
        '-const plugins = [a(), x && b()].filter(Boolean)',
        imported,
        '+const plugins = [imprompt(), a(), x && b()].filter(Boolean)',
      ],
    ],
    [
      'something imported and not used',
      "import pictures from 'vite-plugin-imprompt'\nexport default { plugins: [] }\n",
      ['-export default { plugins: [] }', '+export default { plugins: [pictures()] }'],
    ],
    [
      'line ends of Windows',
      "import { defineConfig } from 'vite'\r\n\r\nexport default defineConfig({\r\n  plugins: [\r\n    vue(),\r\n  ],\r\n})\r\n",
      ["+import imprompt from 'vite-plugin-imprompt'\r", '+    imprompt(),\r'],
    ],
    [
      'a byte order mark',
      '\uFEFFimport a from "a"\nexport default { plugins: [a()] }\n',
      [
        '-export default { plugins: [a()] }',
        '+import imprompt from "vite-plugin-imprompt"',
        '+export default { plugins: [imprompt(), a()] }',
      ],
    ],
  ])('%s', ([, source, expected]) => {
    const edit = edited(source, plugin)
    expect(edit.kind).toBe('changed')
    if (edit.kind !== 'changed') return
    expect(lines(source, edit.source)).toEqual(expected)
    expect(edited(edit.source, plugin)).toEqual({ kind: 'there' })
  })
})

describe('an integration comes last', () => {
  test.for<[string, string, readonly string[]]>([
    [
      'a list on a line',
      "import { defineConfig } from 'astro/config';\nimport mdx from '@astrojs/mdx';\nexport default defineConfig({\n\tintegrations: [mdx(), sitemap()],\n});\n",
      [
        '-\tintegrations: [mdx(), sitemap()],',
        "+import imprompt from '@imprompt/astro';",
        '+\tintegrations: [mdx(), sitemap(), imprompt()],',
      ],
    ],
    [
      'a list of lines, and what is said of the last',
      "import mdx from '@astrojs/mdx'\nexport default {\n  integrations: [\n    mdx(), // for posts\n    // sitemap(),\n  ],\n}\n",
      ["+import imprompt from '@imprompt/astro'", '+    imprompt(),'],
    ],
    [
      'a list of lines without a comma at its end',
      "import mdx from '@astrojs/mdx'\nexport default {\n  integrations: [\n    mdx() // one, two\n  ]\n}\n",
      [
        '-    mdx() // one, two',
        "+import imprompt from '@imprompt/astro'",
        '+    mdx(), // one, two',
        '+    imprompt()',
      ],
    ],
    [
      'no list',
      "// @ts-check\nimport { defineConfig } from 'astro/config';\n\n// https://astro.build/config\nexport default defineConfig({});\n",
      [
        '-export default defineConfig({});',
        "+import imprompt from '@imprompt/astro';",
        '+export default defineConfig({',
        '+  integrations: [imprompt()],',
        '+});',
      ],
    ],
  ])('%s', ([, source, expected]) => {
    const edit = edited(source, integration)
    expect(edit.kind).toBe('changed')
    if (edit.kind !== 'changed') return
    expect(lines(source, edit.source)).toEqual(expected)
    expect(edited(edit.source, integration)).toEqual({ kind: 'there' })
  })
})

test.for([
  "import imprompt from 'vite-plugin-imprompt'\nexport default { plugins: [[imprompt()]] }\n",
  "import pictures from 'vite-plugin-imprompt'\nexport default mergeConfig(base, { plugins: [pictures({ config: 'a.ts' })] })\n",
  "import * as imprompt from 'vite-plugin-imprompt'\nexport default { plugins: [imprompt.default()] }\n",
  "import { default as imprompt } from 'vite-plugin-imprompt'\nexport default () => ({ plugins: [imprompt()] })\n",
  "export default async () => ({ plugins: [(await import('vite-plugin-imprompt')).default()] })\n",
  "module.exports = { plugins: [require('vite-plugin-imprompt').default()] }\n",
])('what a person wrote is recognised: %j', (source) => {
  expect(edited(source, plugin)).toEqual({ kind: 'there' })
})

test.for([
  ['module.exports = { plugins: [] }\n', 'it is CommonJS'],
  ['export default mergeConfig(base, { plugins: [] })\n', 'not one object'],
  [
    "export default ({ command }) => {\n  if (command === 'serve') return { plugins: [a()] }\n  return { plugins: [b()] }\n}\n",
    'not one object',
  ],
  ['export default { ...base }\n', '`...base` may hold `plugins` as well'],
  ['export default { plugins: [], ...base }\n', '`...base` may hold `plugins` as well'],
  [
    "import { plugins } from './plugins.ts'\nexport default { plugins }\n",
    'its `plugins` are no list',
  ],
  ['export default { plugins: dev ? [a()] : [] }\n', 'its `plugins` are no list'],
  ['export default { get plugins() { return [] } }\n', 'its `plugins` are no list'],
  [
    "import { imprompt } from './mine.ts'\nexport default { plugins: [imprompt()] }\n",
    'means something else',
  ],
  [
    "import type imprompt from 'vite-plugin-imprompt'\nexport default { plugins: [] }\n",
    'means something else',
  ],
  ['export default {\n', 'Unexpected token'],
])('is left to a person: %j', ([source = '', reason = '']) => {
  expect(edited(source, plugin)).toEqual({
    kind: 'by-hand',
    reason: expect.stringContaining(reason),
  })
})

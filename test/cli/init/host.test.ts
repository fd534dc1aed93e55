import { expect, test } from 'vitest'
import { manifestOf, runIn } from '../../support/init-project.ts'
import { makeProject } from '../../support/project.ts'

test.for<[string, string, Readonly<Record<string, string>>]>([
  ['vite', 'Vite 1.0.0', { 'package.json': manifestOf('vite') }],
  [
    'vite',
    'Vite 1.0.0 with unplugin-vue-markdown',
    { 'package.json': manifestOf('vite', 'vue', 'unplugin-vue-markdown') },
  ],
  [
    'sveltekit',
    'SvelteKit 1.0.0 with mdsvex',
    { 'package.json': manifestOf('vite', '@sveltejs/kit', 'mdsvex') },
  ],
  [
    'react-router',
    'React Router 1.0.0 with @mdx-js/rollup',
    { 'package.json': manifestOf('vite', '@react-router/dev', '@mdx-js/rollup') },
  ],
  ['vike', 'Vike 1.0.0', { 'package.json': manifestOf('vike', 'vite') }],
  ['astro', 'Astro', { 'package.json': '{}', 'astro.config.mjs': 'export default {}\n' }],
  ['vitepress', 'VitePress 1.0.0', { 'package.json': manifestOf('vitepress', 'vite') }],
  [
    'nuxt',
    'Nuxt 1.0.0 with @nuxt/content',
    { 'package.json': manifestOf('nuxt', '@nuxt/content') },
  ],
  ['docusaurus', 'Docusaurus 1.0.0', { 'package.json': manifestOf('@docusaurus/core') }],
  ['eleventy', 'Eleventy 1.0.0', { 'package.json': manifestOf('@11ty/eleventy', 'vite') }],
  ['unified', 'unified 1.0.0 with remark', { 'package.json': manifestOf('unified', 'remark') }],
])('names the host %s: %s', async ([id, name, files]) => {
  using project = makeProject(files)
  const { stdout } = await runIn(project, 'init', '--dry-run', '--json')
  // The workspace of the repository has some of them installed, by their own versions.
  expect(JSON.parse(stdout).host).toMatchObject({ id })
  const words: string = JSON.parse(stdout).host.name
  expect(words.replaceAll(/\d+(?:\.\d+)+/g, '1.0.0')).toBe(name)
})

test('asks which of several hosts it is', async () => {
  using project = makeProject({ 'package.json': manifestOf('astro', 'vitepress') })
  const { code, stderr } = await runIn(project, 'init', '--yes')
  expect(code).toBe(2)
  expect(stderr).toContain('`--host astro` or `--host vitepress`')
  const named = await runIn(project, 'init', '--host', 'astro', '--dry-run', '--json')
  expect(JSON.parse(named.stdout).host.id).toBe('astro')
  expect((await runIn(project, 'init', '--host', 'astr')).stderr).toContain('did you mean `astro`')
})

import type { Listed } from './list-edit.ts'
import type { Exported } from './plugin-import.ts'
import { recipes } from './recipes.ts'

/** Names of hosts, as a command line gives them. */
export type HostId =
  | 'astro'
  | 'vitepress'
  | 'sveltekit'
  | 'react-router'
  | 'vike'
  | 'nuxt'
  | 'docusaurus'
  | 'eleventy'
  | 'vite'
  | 'unified'

/** How pictures come into a host. */
export type Wiring =
  | ({ readonly kind: 'list' } & Listed)
  | ({ readonly kind: 'wrap' } & Exported)
  /** Lines that a person writes, where they fit. */
  | { readonly kind: 'recipe'; readonly from: string; readonly lines: string }

/** A program that builds sites, and what `imprompt init` knows of it. */
export interface Host {
  readonly id: HostId
  readonly name: string
  /** The package that makes it. */
  readonly dependency: string
  /** Names that its configuration may have at the project's folder, the most usual first. */
  readonly configs: readonly string[]
  /** Whether such a file alone tells that the project has this host. */
  readonly isToldByConfig: boolean
  /** Packages that may compile Markdown in it, in the order in which they are named. */
  readonly compilers: readonly string[]
  readonly wiring: Wiring
  /** What builds a site with it, where no script of the project does; absent where only a program of a person's would. */
  readonly build?: readonly string[]
  /** What is installed for it, beside `@imprompt/core` and `imprompt`. */
  readonly packages: readonly string[]
}

const named = (stem: string, endings: string): readonly string[] =>
  endings.split(' ').map((ending) => `${stem}.${ending}`)

/** A host that is a plugin of Vite. */
const onVite = {
  configs: named('vite.config', 'ts mts js mjs cts cjs'),
  isToldByConfig: false,
  compilers: ['@mdx-js/rollup', 'unplugin-vue-markdown'],
  wiring: {
    kind: 'list',
    field: 'plugins',
    place: 'first',
    from: 'vite-plugin-imprompt',
    name: 'default',
    local: 'imprompt',
  },
  build: ['vite', 'build'],
  packages: ['vite-plugin-imprompt'],
} as const

/** What wires a VitePress configuration. */
const vitePressWiring = 'withImprompt'

/** Every host. */
export const hosts: readonly Host[] = [
  {
    id: 'astro',
    name: 'Astro',
    dependency: 'astro',
    configs: named('astro.config', 'mjs ts mts js cjs cts'),
    isToldByConfig: true,
    compilers: [],
    wiring: {
      kind: 'list',
      field: 'integrations',
      place: 'last',
      from: '@imprompt/astro',
      name: 'default',
      local: 'imprompt',
    },
    build: ['astro', 'build'],
    packages: ['@imprompt/astro'],
  },
  {
    id: 'vitepress',
    name: 'VitePress',
    dependency: 'vitepress',
    configs: named('.vitepress/config', 'mts ts mjs js'),
    isToldByConfig: true,
    compilers: [],
    wiring: {
      kind: 'wrap',
      from: 'markdown-it-imprompt/vitepress',
      name: vitePressWiring,
      local: vitePressWiring,
    },
    build: ['vitepress', 'build'],
    packages: ['markdown-it-imprompt', 'vite-plugin-imprompt'],
  },
  {
    ...onVite,
    id: 'sveltekit',
    name: 'SvelteKit',
    dependency: '@sveltejs/kit',
    compilers: ['mdsvex'],
  },
  {
    ...onVite,
    id: 'react-router',
    name: 'React Router',
    dependency: '@react-router/dev',
    build: ['react-router', 'build'],
  },
  { ...onVite, id: 'vike', name: 'Vike', dependency: 'vike', build: ['vike', 'build'] },
  {
    id: 'nuxt',
    name: 'Nuxt',
    dependency: 'nuxt',
    configs: named('nuxt.config', 'ts mts js mjs'),
    isToldByConfig: true,
    compilers: ['@nuxt/content'],
    wiring: { kind: 'recipe', from: '@imprompt/core', lines: recipes.nuxt },
    build: ['nuxt', 'generate'],
    packages: [],
  },
  {
    id: 'docusaurus',
    name: 'Docusaurus',
    dependency: '@docusaurus/core',
    configs: named('docusaurus.config', 'ts mts js mjs cjs'),
    isToldByConfig: true,
    compilers: [],
    wiring: { kind: 'recipe', from: '@imprompt/core', lines: recipes.docusaurus },
    build: ['docusaurus', 'build'],
    packages: [],
  },
  {
    id: 'eleventy',
    name: 'Eleventy',
    dependency: '@11ty/eleventy',
    configs: [...named('eleventy.config', 'js mjs ts mts cjs'), '.eleventy.js'],
    isToldByConfig: true,
    compilers: [],
    wiring: { kind: 'recipe', from: '@imprompt/core', lines: recipes.eleventy },
    build: ['eleventy'],
    packages: [],
  },
  { ...onVite, id: 'vite', name: 'Vite', dependency: 'vite', isToldByConfig: true },
  {
    id: 'unified',
    name: 'unified',
    dependency: 'unified',
    configs: [],
    isToldByConfig: false,
    compilers: ['remark-rehype', 'remark'],
    wiring: { kind: 'recipe', from: 'remark-imprompt', lines: recipes.unified },
    packages: ['remark-imprompt'],
  },
]

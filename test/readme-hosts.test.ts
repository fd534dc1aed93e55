import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const repository = fileURLToPath(new URL('..', import.meta.url))

interface Snippet {
  /** File and line. */
  readonly place: string
  readonly text: string
}

const scripts: readonly Snippet[] = globSync('{,packages/*/}README.md', {
  cwd: repository,
}).flatMap((file) => {
  const text = readFileSync(`${repository}${file}`, 'utf8')
  return [...text.matchAll(/^```[jt]sx?\n(.*?)^```$/gms)].map(({ index, 1: snippet = '' }) => ({
    place: `${file}:${text.slice(0, index).split('\n').length}`,
    text: snippet,
  }))
})

/** What the tests of hosts build. */
const projects: readonly string[] = globSync('test/hosts/**/{,.vitepress/}*.{js,mjs,ts}', {
  cwd: repository,
  exclude: (name) => name.includes('node_modules'),
}).map((file) => readFileSync(`${repository}${file}`, 'utf8'))

const words = ['if', 'for', 'catch', 'async', 'function', 'import']
const known = [...words, 'String', 'defineNuxtConfig', 'test']

function callsIn(text: string): readonly string[] {
  return [...text.matchAll(/(?<![.\w])(\w+)\(/g)].map(([, name = '']) => name)
}

function importsIn(text: string): readonly string[] {
  return text.match(/^import .*$/gm) ?? []
}

/** Whether a snippet imports what a project does, and calls what it calls, in its order. */
function isHeldBy(snippet: string, project: string): boolean {
  const left = [...callsIn(snippet)]
  for (const name of callsIn(project)) if (name === left[0]) left.shift()
  return left.length === 0 && importsIn(snippet).every((line) => project.includes(`${line}\n`))
}

test.for(scripts.map(({ place, text }) => [place, text] as const))(
  '%s defines every name that it calls',
  ([, text]) => {
    const defined = /import ([^'"]*) from|(?:const|function) (\w+|\{.*?\})|\(([^()]*)\) =>/g
    const names = [...text.matchAll(defined)].flatMap(([match]) => match.match(/\w+/g) ?? [])
    const all = new Set([...known, ...names])
    expect(callsIn(text).filter((name) => !all.has(name))).toEqual([])
  },
)

const ours =
  /from '(?:vite-plugin-imprompt|@imprompt\/astro|markdown-it-imprompt\/vitepress|astro:content)'/

test.for(
  scripts.filter(({ text }) => ours.test(text)).map(({ place, text }) => [place, text] as const),
)('%s is what a project of the tests does', ([, text]) => {
  expect(projects.filter((project) => isHeldBy(text, project))).not.toEqual([])
})

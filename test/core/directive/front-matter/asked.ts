import type { DataPath } from '../../../../packages/core/src/directive/directive.ts'
import { readFrontMatter } from '../../../../packages/core/src/directive/front-matter/front-matter.ts'

export type Asked = readonly [
  path: DataPath,
  prompt: string,
  ...attributes: (string | readonly [name: string, value: string])[],
]

/** What a file's front matter asks for, without places. */
export function asked(source: string): readonly Asked[] {
  const directives = readFrontMatter(source, 'fox.md')?.directives ?? []
  return directives.map(({ path = [], prompt, attributes }) => [
    path,
    prompt,
    ...attributes.map(({ name, value }) => (value === undefined ? name : ([name, value] as const))),
  ])
}

export function yaml(text: string): string {
  return `---\n${text}\n---\n\nText.\n`
}

export function toml(text: string): string {
  return `+++\n${text}\n+++\n\nText.\n`
}

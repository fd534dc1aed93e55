import { format as formatWithOxfmt } from 'oxfmt'
import { format as formatWithPrettier } from 'prettier'
import { describe, expect, test } from 'vitest'
import type { Directive } from '../../../packages/core/src/directive/directive.ts'
import { readFrontMatter } from '../../../packages/core/src/directive/front-matter/front-matter.ts'
import { parseDirectives } from '../../../packages/core/src/directive/scan.ts'
import { authoredKeyOf } from '../../../packages/core/src/key/key.ts'
import { canonicalText, hashForm } from '../../../packages/core/src/request/prompt.ts'
import { requestIn } from '../../support/fakes.ts'
import { samples } from './formatter-samples.ts'

type Format = (source: string, file: string) => Promise<string>

interface Options {
  readonly proseWrap?: 'always' | 'never'
  readonly printWidth?: number
  readonly useTabs?: true
  readonly endOfLine?: 'crlf'
}

const optionsOfEach: readonly Options[] = [
  {},
  { proseWrap: 'always' },
  { proseWrap: 'always', printWidth: 40 },
  { proseWrap: 'always', printWidth: 20 },
  { proseWrap: 'never' },
  { useTabs: true, endOfLine: 'crlf' },
]

const formatters: readonly (readonly [name: string, format: Format])[] = optionsOfEach.flatMap(
  (options) => [
    [`Prettier ${JSON.stringify(options)}`, prettier(options)] as const,
    [`oxfmt ${JSON.stringify(options)}`, oxfmt(options)] as const,
  ],
)

const plain = requestIn('![gen: a fox]()')

describe.for(formatters)('%s', ([, format]) => {
  test.for(samples)('keeps the keys of $name', async ({ source, file, directives }) => {
    const before = keysIn(source, file)
    const once = await format(source, file)
    const twice = await format(once, file)
    expect(before).toHaveLength(directives)
    expect(once).not.toBe(source)
    expect(keysIn(once, file)).toEqual(before)
    expect(keysIn(twice, file)).toEqual(before)
  })
})

/** Each key with what it is made from, so that a difference can be read. */
function keysIn(source: string, file: string): readonly (readonly string[])[] {
  return directivesIn(source, file).map((directive) => [
    keyOf(directive),
    hashForm(canonicalText(directive.prompt)),
    ...directive.attributes.map(
      ({ name, value = '' }) => `${name}=${hashForm(canonicalText(value))}`,
    ),
  ])
}

function directivesIn(source: string, file: string): readonly Directive[] {
  const frontMatter = readFrontMatter(source, file)?.directives ?? []
  return [...frontMatter, ...parseDirectives(source, file)]
}

/** Models honour few attributes: every one of the directive counts as if its model did. */
function keyOf({ prompt, attributes }: Directive): string {
  const explicit = new Map(
    attributes.map(({ name, value = '' }) => [name, canonicalText(value)] as const),
  )
  return authoredKeyOf({ ...plain, prompt: canonicalText(prompt), explicit })
}

function prettier(options: Options): Format {
  return (source, file) => formatWithPrettier(source, { ...options, filepath: file })
}

function oxfmt(options: Options): Format {
  return async (source, file) => {
    const { code, errors } = await formatWithOxfmt(file, source, { ...options })
    expect(errors).toEqual([])
    return code
  }
}

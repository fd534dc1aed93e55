import { parse, postprocess, preprocess } from 'micromark'
import { expect, test } from 'vitest'
import { dialectOf } from '../../packages/core/src/directive/dialect.ts'
import { parseDirectives } from '../../packages/core/src/directive/scan.ts'
import { type Contender, compare } from './measure.ts'

interface Case {
  readonly name: string
  make(length: number): string
  readonly directives: number
  /** The larger length, in kB: the smaller one is a quarter of it. */
  readonly ours: number
  readonly stock: number
  readonly rounds: number
}

const mega = { ours: 1024, stock: 1024, rounds: 5 }
const words = 'the quiet harbour at dusk with two small boats '

/** Where micromark needs minutes for 1 MB, less is read, and less often. */
const cases: readonly Case[] = [
  { name: '`![gen:`', make: repeated('![gen:'), directives: 0, ...mega },
  { name: '`[`', make: repeated('['), directives: 0, ...mega },
  { name: '`(`', make: repeated('('), directives: 0, ...mega },
  { name: 'a line of prose', make: repeated(words), directives: 0, ...mega },
  { name: 'a prompt', make: prompt, directives: 1, ...mega, stock: 64 },
  {
    name: '`![gen: a](`',
    make: repeated('![gen: a]('),
    directives: 0,
    ours: 256,
    stock: 256,
    rounds: 1,
  },
  {
    name: '`![gen: a][`',
    make: repeated('![gen: a]['),
    directives: 0,
    ours: 256,
    stock: 256,
    rounds: 1,
  },
]

test.for(cases)('reading four times $name takes four times as long', async (one) => {
  const { name, make, directives, ours, stock, rounds } = one
  expect(parseDirectives(make(ours * 256), 'page.md')).toHaveLength(directives)
  const scan = (kb: number): Contender => reading(make, kb, (text) => parseDirectives(text, 'a.md'))
  const plain = (kb: number): Contender => reading(make, kb, parseWithoutConstruct)
  await compare(named(scan(ours), `scanner: ${ours} kB of ${name}`), [scan(ours / 4)], rounds)
  await compare(named(plain(stock), `micromark: ${stock} kB of it`), [plain(stock / 4)], rounds)
})

function repeated(unit: string): (length: number) => string {
  return (length) => unit.repeat(Math.floor(length / unit.length))
}

function prompt(length: number): string {
  return `![gen: ${repeated(words)(length)}](size=1x1, dark)`
}

function reading(
  make: (length: number) => string,
  kb: number,
  read: (text: string) => unknown,
): Contender {
  const text = make(kb * 1024)
  return { name: `${kb} kB`, run: () => read(text) }
}

function named(contender: Contender, name: string): Contender {
  return { ...contender, name }
}

function parseWithoutConstruct(source: string): unknown {
  const tokenizer = parse({ extensions: dialectOf('page.md') }).document()
  return postprocess(tokenizer.write(preprocess()(source, undefined, true)))
}

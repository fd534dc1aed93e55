import { type Arbitrary, array, constantFrom, oneof, record } from 'fast-check'

/** What a directive asks for, as it is written. */
export interface Wish {
  readonly prompt: string
  readonly attributes: readonly (readonly [name: string, value?: string])[]
}

export interface Document {
  readonly source: string
  readonly wishes: readonly Wish[]
}

type Notation = 'spaced' | 'unspaced' | 'enclosed' | 'reference'
type Shape = 'paragraph' | 'link' | 'heading' | 'setext' | 'table'
type Container = 'quote' | 'list' | 'ordered'

interface Drawn extends Wish {
  readonly notation: Notation
}

interface Block {
  readonly shape: Shape
  readonly drawn: readonly Drawn[]
  readonly containers: readonly Container[]
}

function joined(minLength: number, ...pieces: readonly string[]): Arbitrary<string> {
  return array(constantFrom(...pieces), { minLength, maxLength: 5 }).map((all) => all.join(''))
}

const prompts = joined(
  0,
  ' a',
  ' *b*',
  ' `c`',
  ' <d>',
  ' {e}',
  ' [f [g]]',
  ' \\]',
  ' "h"',
  " i's",
  ' j \\| k',
  ' &amp;',
  ' 🦊',
  ' (l)',
  ' {',
  ' </m>',
  ' _n',
  ' $o$',
  '\np',
  ' www.example.com',
)
const names = constantFrom('size', 'alt', 'data-x_1')
const texts = joined(
  0,
  'a',
  ' b',
  ',',
  '(',
  '\\>',
  '\\<',
  '\\|',
  '&lt;',
  '{',
  '\\"',
  "'",
  '=',
  ' 🦊',
)
const words = joined(1, 'a', '1x1', '/b.png', '&amp;', '\\*', ':')

const wishes: Arbitrary<Drawn> = record({
  prompt: prompts,
  attributes: array(
    oneof(
      names.map((name) => [name] as const),
      record({ name: names, value: texts }).map(({ name, value }) => [name, value] as const),
    ),
    { maxLength: 3 },
  ),
  notation: constantFrom<Notation>('spaced', 'enclosed', 'reference'),
})

const unspaced: Arbitrary<Drawn> = record({
  prompt: prompts,
  attributes: array(
    record({ name: names, value: words }).map(({ name, value }) => [name, value] as const),
    { maxLength: 3 },
  ),
  notation: constantFrom<Notation>('unspaced'),
})

const blocks: Arbitrary<Block> = record({
  shape: constantFrom<Shape>('paragraph', 'link', 'heading', 'setext', 'table'),
  drawn: array(oneof({ weight: 3, arbitrary: wishes }, { weight: 1, arbitrary: unspaced }), {
    minLength: 1,
    maxLength: 2,
  }),
  containers: array(constantFrom<Container>('quote', 'list', 'ordered'), { maxLength: 2 }),
})

/** Documents with directives in all notations and in all sorts of blocks; definitions stand before or after them. */
export const documents: Arbitrary<Document> = record({
  blocks: array(blocks, { minLength: 1, maxLength: 4 }),
  definitions: constantFrom('before', 'after', 'quoted'),
}).map(({ blocks: drawn, definitions }) => written(drawn, definitions))

function written(drawn: readonly Block[], where: 'before' | 'after' | 'quoted'): Document {
  const definitions: string[] = []
  const found: Wish[] = []
  const write = (wish: Drawn): string => {
    found.push({ prompt: wish.prompt, attributes: wish.attributes })
    const args = argsOf(wish)
    if (wish.notation !== 'reference') return `![gen:${wish.prompt}](${args})`
    definitions.push(`[r ${definitions.length}]: <${args}>`)
    return `![gen:${wish.prompt}][R\t${definitions.length - 1}]`
  }
  const body = drawn.map((block) => blockOf(block, write))
  const all = where === 'quoted' ? definitions.map((one) => `> ${one}`) : definitions
  const parts = where === 'before' ? [all.join('\n'), ...body] : [...body, all.join('\n')]
  return { source: parts.filter((part) => part !== '').join('\n\n'), wishes: found }
}

function argsOf({ attributes, notation }: Drawn): string {
  const all = attributes.map(([name, value]) => {
    if (value === undefined) return name
    return notation === 'unspaced' ? `${name}=${value}` : `${name}="${value}"`
  })
  const args = all.join(notation === 'unspaced' ? ',' : ', ')
  return notation === 'enclosed' ? `<${args}>` : args
}

function blockOf({ shape, drawn, containers }: Block, write: (wish: Drawn) => string): string {
  const isOneLine = shape === 'heading' || shape === 'table'
  const [first = '', second = 'x'] = drawn
    .map((wish) => (isOneLine ? onOneLine(wish) : wish))
    .map(write)
  return containers.reduceRight(within, textOf(shape, first, second))
}

function textOf(shape: Shape, first: string, second: string): string {
  switch (shape) {
    case 'paragraph':
      return `word ${first} and\n${second}.`
    case 'link':
      return `[word ${first}](/url) ${second}`
    case 'heading':
      return `## ${first} word ${second}`
    case 'setext':
      return `${first} word ${second}\n===`
    case 'table':
      return `| a | b |\n| - | - |\n| ${first} | ${second} |`
  }
}

function onOneLine(wish: Drawn): Drawn {
  return { ...wish, prompt: wish.prompt.replaceAll('\n', ' ') }
}

function within(text: string, container: Container): string {
  switch (container) {
    case 'quote':
      return `> ${text.replaceAll('\n', '\n> ')}`
    case 'list':
      return `- ${text.replaceAll('\n', '\n  ')}`
    case 'ordered':
      return `10. ${text.replaceAll('\n', '\n    ')}`
  }
}

import {
  array,
  assert,
  constantFrom,
  letrec,
  oneof,
  pre,
  property,
  record,
  string,
} from 'fast-check'
import { expect, test } from 'vitest'
import type { GenDirective } from '../../../packages/core/src/directive/from-markdown.ts'
import { directivesIn, markdown } from './processor.ts'

type Attributes = GenDirective['attributes']

function printed(source: string): string {
  return markdown().processSync(source).toString().trimEnd()
}

/** The same, by reference to a definition. */
function printReferring(prompt: string, genAttributes: Attributes): string {
  const reference = { identifier: 'r', label: 'r' }
  const children = [{ type: 'genDirective' as const, prompt, attributes: genAttributes, reference }]
  const definition = { type: 'definition' as const, ...reference, url: '', data: { genAttributes } }
  const paragraph = { type: 'paragraph' as const, children }
  return markdown()
    .stringify({ type: 'root', children: [paragraph, definition] })
    .trimEnd()
}

function print(prompt: string, attributes: Attributes): string {
  const children = [{ type: 'genDirective' as const, prompt, attributes }]
  const tree = { type: 'root' as const, children: [{ type: 'paragraph' as const, children }] }
  return markdown().stringify(tree).trimEnd()
}

function read(source: string): readonly { prompt: string; attributes: Attributes }[] {
  return directivesIn(markdown().parse(source)).map(({ prompt, attributes }) => ({
    prompt,
    attributes: attributes.map(({ name, value }) =>
      value === undefined ? { name } : { name, value },
    ),
  }))
}

test.for([
  ['![gen: fox](size=1x1, quality=low)', '![gen: fox](size=1x1, quality=low)'],
  ['![gen:fox]( <a b="c"> )', '![gen:fox](a, b=c)'],
  ['![gen: *a* _b_ `c` [d]](alt="a b")', '![gen: *a* _b_ `c` [d]](alt="a b")'],
  ['![gen: two\n  lines](alt="and\n  here")', '![gen: two lines](alt="and here")'],
  ["![gen: a](alt='say \"a\"' b='c')", '![gen: a](alt=\'say "a"\', b=c)'],
  ['![gen: a](alt="" b=f(c) d=it\'s)', '![gen: a](alt="", b="f(c)", d=it\'s)'],
  ['![gen: a](b "c, d" e==f (g h))', '![gen: a](b, "c, d", e==f, (g h))'],
  ['# ![gen: a\\] b]()', '# ![gen: a\\] b]()'],
  ['a\n![gen: b\nc](d\ne)\n===', 'a\n![gen: b c](d, e)\n================='],
  ['> ![gen: a\n===\nb](c d)', '> ![gen: a === b](c, d)'],
  [
    '| a |\n| - |\n| ![gen: b \\| c](d="e \\| f") |',
    '| a                          |\n| -------------------------- |\n| ![gen: b \\| c](d="e \\| f") |',
  ],
  ['![gen: fox][r]\n\n[r]: size=1x1', '![gen: fox][r]\n\n[r]: <size=1x1>'],
  ['![gen:a][r] ![gen:b][R]\n\n[r]: <>', '![gen:a][r] ![gen:b][R]\n\n[r]: <>'],
  [
    "[*a* b]: <c=d, alt='e \\> &lt; \\'f\\''> \"g\"\n\n# ![gen: fox][*a* b]",
    '[*a* b]: <c=d, alt="e \\> &lt; \\\'f\\\'", "g">\n\n# ![gen: fox][*a* b]',
  ],
  [
    '> ![gen: fox][r]\n>\n> [r]: dark\n>   "a\n>   b"\n\n[R]: /url',
    '> ![gen: fox][r]\n>\n> [r]: <dark, "a b">\n\n[R]: /url',
  ],
  [
    '| ![gen: a][b\\|c] |\n| - |\n\n[b\\|c]: dark',
    '| ![gen: a][b\\|c] |\n| --------------- |\n\n[b\\|c]: <dark>',
  ],
  ['![gen: a][r]\n\n[r]: a=" "b"', '![gen: a][r]\n\n[r]: <a=" "b">'],
  ['![gen: a][r]\n\n[r]: a="b', "![gen: a][r]\n\n[r]: <'a=\"b'>"],
  ['[a][r] ![gen: fox]\n\n[r]: <b c>', '[a][r] !\\[gen: fox]\n\n[r]: <b c>'],
  ['\\![gen: a](b c) !\\[gen: a](b c)', '!\\[gen: a]\\(b c) !\\[gen: a]\\(b c)'],
] as const)('prints %j', ([source, expected]) => {
  expect(printed(source)).toBe(expected)
  expect(printed(expected)).toBe(expected)
})

test.for([
  ['a ] b', [], '![gen:a \\] b]()'],
  ['a [b\\] c', [], '![gen:a \\[b\\] c]()'],
  ['a\\', [{ name: 'alt', value: 'b c\\' }], '![gen:a\\\\](alt="b c\\\\")'],
  ['a\n\nb', [{ name: 'alt', value: 'c\n\n# d' }], '![gen:a b](alt="c # d")'],
  ['a', [{ name: 'alt', value: 'b "c" \'d\'' }], '![gen:a](alt="b \\"c\\" \'d\'")'],
  ['a', [{ name: '', value: ':)' }], '![gen:a](":)")'],
  ['a', [{ name: '', value: '<b' }], '![gen:a]("<b")'],
  ['a', [{ name: 'b', value: '<c>' }], '![gen:a](b="<c>")'],
] as const)('mends what a program made of %j', ([prompt, attributes, expected]) => {
  expect(print(prompt, [...attributes])).toBe(expected)
  expect(printed(expected)).toBe(expected)
})

test('prints a definition as a program changed its list', () => {
  const tree = markdown().parse('![gen: a][r] ![gen: b][r]\n\n[r]: dark\n[r]: /url')
  const [first, second] = directivesIn(tree)
  first?.attributes.push({ name: 'alt', value: 'c <d>' })
  expect(second?.attributes).toBe(first?.attributes)
  expect(markdown().stringify(tree)).toBe(
    '![gen: a][r] ![gen: b][r]\n\n[r]: <dark, alt="c \\<d\\>">\n\n[r]: /url\n',
  )
})

test('keeps the pipes of a made directive in its table cell', () => {
  const directive = { type: 'genDirective' as const, prompt: 'a | b \\| c', attributes: [] }
  const cell = { type: 'tableCell' as const, children: [directive] }
  const table = {
    type: 'table' as const,
    children: [{ type: 'tableRow' as const, children: [cell] }],
  }
  const source = markdown().stringify({ type: 'root', children: [table] })
  expect(read(source)).toEqual([{ prompt: 'a \\| b \\| c', attributes: [] }])
})

const atom = oneof(
  constantFrom(
    'a',
    ' ',
    'é',
    '🦊',
    '*',
    '_',
    '`',
    '<b>',
    '{',
    '|',
    '"',
    "'",
    '(',
    ')',
    '!',
    '&amp;',
    '\\]',
    '\\[',
    '\\\\',
    '\\*',
    '~~',
    '![gen:x](y z)',
  ),
  string({ maxLength: 3 }).map((text) => text.replaceAll(/[[\]\\\s\0]/g, '')),
)
const { text: prompts } = letrec<{ text: string }>((tie) => ({
  text: array(
    oneof(
      { weight: 4, arbitrary: atom },
      { weight: 1, arbitrary: tie('text').map((inner) => `[${inner}]`) },
    ),
    { maxLength: 6 },
  ).map((parts) => parts.join('')),
}))
const names = constantFrom('size', 'alt', 'dark', 'data-x_1')
const values = oneof(
  string({ maxLength: 8 }),
  array(constantFrom('"', "'", '\\', ' ', ',', '(', ')', '<', '>', '=', 'a', '|', ']'), {
    maxLength: 8,
  }).map((parts) => parts.join('')),
)

test('reads a prompt with balanced brackets back exactly', () => {
  assert(
    property(prompts, (prompt) => {
      expect(read(print(prompt, []))).toEqual([{ prompt, attributes: [] }])
    }),
    { numRuns: 500 },
  )
})

test.for([
  ['in parentheses', print],
  ['in a definition', printReferring],
] as const)('prints any value %s so that it reads back with the same meaning', ([, write]) => {
  const attribute = oneof(
    names.map((name) => ({ name })),
    record({ name: names, value: values }),
  )
  assert(
    property(array(attribute, { maxLength: 4 }), (attributes) => {
      const source = write('a', attributes)
      const meaning = attributes.map((one) =>
        'value' in one ? { ...one, value: meant(one.value) } : one,
      )
      const [found] = read(source)
      expect(
        found?.attributes.map((one) =>
          one.value === undefined ? one : { ...one, value: meant(one.value) },
        ),
      ).toEqual(meaning)
      expect(printed(source)).toBe(source)
    }),
    { numRuns: 1000 },
  )
})

test.for([
  ['parentheses', (text: string) => `![gen: a](${text})`],
  ['a definition', (text: string) => `![gen: a][r]\n\n[r]: ${text}`],
] as const)('prints whatever it has read in %s so that it reads back alike', ([, write]) => {
  const pieces = [
    'a',
    'b=',
    '"',
    "'",
    '(',
    ')',
    '<',
    '>',
    ',',
    ' ',
    '\n',
    '\\',
    '=',
    ':)',
    '!',
    '[',
    ']',
    '|',
  ]
  const args = array(constantFrom(...pieces), { maxLength: 14 }).map((parts) => parts.join(''))
  assert(
    property(args, (text) => {
      const source = write(text)
      pre(read(source).length === 1)
      const once = printed(source)
      expect(printed(once)).toBe(once)
      expect(read(once).map(meaningOf)).toEqual(read(source).map(meaningOf))
    }),
    { numRuns: 1500 },
  )
})

/** What is left when text is canonical; of text in no known form, only that it is there. */
function meaningOf({ prompt, attributes }: { prompt: string; attributes: Attributes }): unknown {
  return [meant(prompt), attributes.map(({ name, value }) => [name, name && value && meant(value)])]
}

/** A value without its escapes, and with each run of line endings as a space. */
function meant(value: string): string {
  return value.replaceAll(/\\([!-/:-@[-`{-~])/g, '$1').replaceAll(/[\r\n][\t\r\n ]*/g, ' ')
}

import fc from 'fast-check'
import { yaml } from './asked.ts'

/** A value as it is written after `key:` or `-`: in the rest of the line, or in lines that are indented below. */
type Writing = (indent: string) => string

const comment = fc.constantFrom('', '', ' # a', '  # gen: b')
const between = fc.constantFrom('', '', '\n', '  # c\n', '# gen: d\n')
const keys = fc.uniqueArray(fc.constantFrom('a', 'b c', '"d"', "'e'", '__proto__', 'f.g', '1'), {
  minLength: 1,
  maxLength: 4,
})

const plainFlow = fc.constantFrom('1', 'x', '"y: z"', "'it''s'", 'null', '2024-01-01', '[]', '{}')
const asking = fc.constantFrom(
  'gen:a',
  '"gen: a # b"',
  "'gen: it''s'",
  '"g\\u0065n: a"',
  '{ gen: a }',
  '{gen: "a", size: 1x1}',
  '{ size: 16:9, "gen" : a, widths: [1, 2] }',
)

const { flow } = fc.letrec<{ flow: string }>((tie) => ({
  flow: fc.oneof(
    { maxDepth: 3 },
    plainFlow,
    asking,
    fc.array(tie('flow'), { maxLength: 3 }).map((items) => `[ ${items.join(', ')} ]`),
    fc.tuple(keys, fc.array(tie('flow'), { minLength: 4, maxLength: 4 })).map(([names, values]) => {
      return `{${names.map((name, index) => `${name}: ${values[index]}`).join(', ')}}`
    }),
  ),
}))

const onLine = fc
  .tuple(fc.constantFrom('', '!!str ', '&k '), flow, comment)
  .map(([props, text, end]): Writing => {
    const isText = !/^[{[\dn]/.test(text)
    return () => ` ${isText || props === '&k ' ? props : ''}${text}${end}\n`
  })

const block = fc
  .tuple(fc.constantFrom('>-', '|', '>+', '|2-'), comment, fc.boolean(), fc.constantFrom('', '\n'))
  .map(([mark, end, isAsking, blank]): Writing => (indent) => {
    const first = isAsking ? 'gen: a' : 'a gen: b'
    return ` ${mark}${end}\n${indent}  ${first}\n\n${indent}  # b\n${blank}`
  })

const overLines = fc
  .tuple(fc.constantFrom(['gen:a', 'b'], ['"gen: a', 'b"'], ["'c", "gen: d'"]), comment)
  .map(
    ([[first, last], end]): Writing =>
      (indent) =>
        ` ${first}\n${indent}  ${last}${end}\n`,
  )

const asked = fc
  .tuple(
    fc.shuffledSubarray(['size: 1x1', 'dark:', 'dark: true', 'widths:\n- 1', 'alt: |\n b']),
    comment,
  )
  .map(([attributes, end]): readonly string[] => {
    const lines = [
      `gen: a${end}`,
      ...attributes.filter((one) => one !== 'dark:' || !attributes.includes('dark: true')),
    ]
    return attributes.length % 2 === 0 ? lines : lines.toReversed()
  })

const { document } = fc.letrec<{
  document: Writing
  list: Writing
  mapping: Writing
  asking: Writing
}>((tie) => ({
  document: fc.oneof(
    { maxDepth: 4 },
    onLine,
    block,
    overLines,
    tie('asking'),
    tie('list'),
    tie('mapping'),
  ),
  asking: fc.tuple(asked, between).map(([lines, gap]): Writing => (indent) => {
    return below(
      lines.map((line) => () => line.replaceAll('\n', `\n${indent}  `)),
      indent,
      gap,
    )
  }),
  list: fc
    .tuple(fc.array(tie('document'), { minLength: 1, maxLength: 3 }), between)
    .map(([items, gap]): Writing => (indent) => {
      return below(
        items.map((item) => () => `-${item(`${indent}  `).trimEnd()}`),
        indent,
        gap,
      )
    }),
  mapping: fc
    .tuple(keys, fc.array(tie('document'), { minLength: 4, maxLength: 4 }), between)
    .map(([names, values, gap]): Writing => (indent) => {
      const lines = names.map(
        (name, index) => () => `${name}:${values[index]?.(`${indent}  `).trimEnd()}`,
      )
      return below(lines, indent, gap)
    }),
}))

function below(lines: readonly (() => string)[], indent: string, gap: string): string {
  return `\n${lines.map((line) => `${gap}${indent}  ${line()}\n`).join('')}`
}

/** Front matter of YAML in most of its notations, with and without directives. */
export const yamlDocuments: fc.Arbitrary<string> = fc
  .tuple(fc.array(document, { minLength: 1, maxLength: 4 }), fc.boolean())
  .map(([values, isWindows]) => {
    const text = values.map((value, index) => `k${index}:${value('')}`).join('')
    return isWindows ? yaml(text).replaceAll('\n', '\r\n') : yaml(text)
  })

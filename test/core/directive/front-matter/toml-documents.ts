import fc from 'fast-check'
import { toml } from './asked.ts'

/** Lines of the table at a path; the names of what they define begin with the second argument, so that none repeats. */
type Lines = (path: readonly string[], prefix: string) => readonly string[]

const comment = fc.constantFrom('', '', ' # a', '  # gen = "b"')
const between = fc.constantFrom('', '', '\n', '# c\n')
const values = fc.constantFrom(
  '1',
  'true',
  '"x"',
  "'y'",
  '1979-05-27',
  '0x1F',
  '[ 1, # gen: a\n 2 ]',
  '"""\nm\n"""',
  '"gen: a"',
  "'gen:b'",
  '"""\ngen: c"""',
  '{ gen = "d", take = 2 }',
  '{ a = 1, b.gen = "e", b.dark = true }',
  '[ { gen = "f" }, "gen: g", { a = [] } ]',
)
const asking = fc
  .shuffledSubarray(['size = "1x1"', 'dark = true', 'date = 1979-05-27'])
  .chain((attributes) =>
    fc.shuffledSubarray(['gen = "a"', ...attributes], { minLength: attributes.length + 1 }),
  )

const assignment = fc.tuple(values, comment).map(([value, end]): Lines => (_, name) => [
  `${name} = ${value}${end}`,
])

const dotted = fc
  .tuple(asking, comment, fc.boolean())
  .map(([lines, end, isApart]): Lines => (_, name) => {
    const other = isApart ? [`${name}x = 1`] : []
    return lines.flatMap((line, index) => [`${name}.${line}${end}`, ...(index === 0 ? other : [])])
  })

const askingTable = fc.tuple(asking, comment).map(([lines, end]): Lines => (path, name) => {
  return [`[${[...path, name].join('.')}]${end}`, ...lines]
})

const { table } = fc.letrec<{ table: Lines; inner: Lines }>((tie) => {
  const body = fc
    .tuple(
      fc.array(fc.oneof(assignment, dotted), { maxLength: 3 }),
      fc.array(tie('inner'), { maxLength: 2 }),
      between,
    )
    .map(([own, inner, gap]): Lines => (path, prefix) => [
      ...own.flatMap((lines, index) => lines(path, `${prefix}v${index}`)),
      ...inner.flatMap((lines, index) => [gap.trimEnd(), ...lines(path, `${prefix}t${index}`)]),
    ])
  return {
    table: body,
    inner: fc.oneof(
      { maxDepth: 3 },
      askingTable,
      fc.tuple(body, comment).map(([lines, end]): Lines => (path, name) => {
        const own = [...path, name]
        return [`[${own.join('.')}]${end}`, ...lines(own, '')]
      }),
      askingTable.map(
        (lines): Lines =>
          (path, name) =>
            lines([...path, name], 'implicit'),
      ),
      fc
        .array(
          fc.oneof(
            body,
            asking.map(
              (lines): Lines =>
                () =>
                  lines,
            ),
          ),
          { minLength: 1, maxLength: 3 },
        )
        .map((items): Lines => (path, name) => {
          const own = [...path, name]
          return items.flatMap((lines) => [`[[${own.join('.')}]]`, ...lines(own, '')])
        }),
    ),
  }
})

/** Front matter of TOML in most of its notations, with and without directives. */
export const tomlDocuments: fc.Arbitrary<string> = fc
  .tuple(table, fc.boolean())
  .map(([lines, isWindows]) => {
    const text = toml(lines([], '').join('\n'))
    return isWindows ? text.replaceAll('\n', '\r\n') : text
  })

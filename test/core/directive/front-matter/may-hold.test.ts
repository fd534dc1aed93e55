import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readFrontMatter } from '../../../../packages/core/src/directive/front-matter/front-matter.ts'
import { mayHoldInFrontMatter } from '../../../../packages/core/src/directive/front-matter/may-hold.ts'

test.for([
  'cover: "gen: a"',
  "cover: 'gen: a'",
  'cover: gen: a',
  'cover: gen:a',
  'cover: >-\n  gen: a',
  'cover:\n  gen: a',
  'cover: {gen: a}',
  'cover: {"gen":"a"}',
  "- 'gen' : a",
  'cover:\n  ? gen\n  : a',
  'cover:\n  ? gen # key\n\n  : a',
  'cover: { "gen"\n : a }',
  'cover: "\\x67en: a"',
  'cover: "g\\u0065n: a"',
  'cover: "\\U00000067en\\x3A a"',
  'cover: "ge\\\n  n: a"',
  'key: &k gen\ncover: {*k : a}',
])('says that YAML may hold one: %j', (text) => {
  expect(mayHoldInFrontMatter(`---\n${text}\n---\n`)).toBe(true)
})

test.for([
  'cover = "gen: a"',
  "cover = 'gen: a'",
  'cover = """\ngen: a"""',
  'cover = { gen = "a" }',
  'cover = {"gen"="a"}',
  'cover.gen = "a"',
  "cover . 'gen' = 'a'",
  '[cover]\ngen="a"',
  '[cover]\n"\\u0067en" = "a"',
  'cover = "\\u0067en: a"',
  'cover = """\\\n  gen: a"""',
])('says that TOML may hold one: %j', (text) => {
  expect(mayHoldInFrontMatter(`+++\n${text}\n+++\n`)).toBe(true)
})

test.for([
  '---\noxygen: 3\nhydro-gen: 1\n---',
  '---\ngeneral: gen\ntags: [gen, Gen z]\n---',
  '---\npath: C:\\users\\gen\n---',
  '---\na: &b oxygen\nc: *b\n---',
  '+++\noxygen = 3\ngenus = "gen"\n[gen]\n+++',
  '---\n---\ngen: a',
  'gen: a',
  '---\ngen: a',
  'text\n\n---\ngen: a\n---',
  '',
])('says that there can be none in %j', (source) => {
  expect(mayHoldInFrontMatter(source)).toBe(false)
})

/** Ways to write each letter of a double-quoted text, some of which break the line. */
function spelled(text: string): fc.Arbitrary<string> {
  const letters = Array.from(text, (letter) => {
    const hex = letter.charCodeAt(0).toString(16).padStart(2, '0')
    const escape = fc.constantFrom(letter, letter, `\\x${hex}`, `\\u00${hex}`, `\\U000000${hex}`)
    return fc.tuple(fc.constantFrom('', '', '\\\n    '), escape).map((parts) => parts.join(''))
  })
  return fc.tuple(...letters).map((parts) => parts.join(''))
}

const inYaml = [
  (value: string) => `---\ncover: "${value}: a"\n---`,
  (value: string) => `---\ncover:\n- "${value}: a"\n---`,
  (value: string) => `---\ncover: {"${value}":a}\n---`,
  (value: string) => `---\ncover: [ {"${value}"\t: a} ]\n---`,
  (value: string) => `---\ncover:\n  ? "${value}" # key\n  : a\n---`,
  (value: string) => `---\na: &k "${value}"\nb: { *k : a }\n---`,
]

const inToml = [
  (value: string) => `+++\ncover = """${value}: a"""\n+++`,
  (value: string) => `+++\ncover = [ """\n${value}: a""" ]\n+++`,
]

test.for([
  ['YAML', inYaml],
  ['TOML', inToml],
] as const)('never denies a directive in %s, however it is spelled', ([, contexts]) => {
  fc.assert(
    fc.property(fc.constantFrom(...contexts), spelled('gen'), (context, word) => {
      const source = context(word)
      expect(readFrontMatter(source, 'a.md')).toMatchObject({ directives: [{ prompt: 'a' }] })
      expect(mayHoldInFrontMatter(source)).toBe(true)
    }),
    { numRuns: 1000 },
  )
})

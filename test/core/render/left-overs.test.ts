import { describe, expect, test } from 'vitest'
import { createContentReader } from '../../../packages/core/src/directive/content.ts'
import { describeLeftOvers, leftOverFinder } from '../../../packages/core/src/render/left-overs.ts'

const post = `---
cover: { gen: an old lighthouse, size: 1200x630 }
thumb: "gen: a small boat"
---

![gen: a red fox, *running*](size=16:9)

![gen: "quoted"]()

![gen: 狐狸](alt=fox)

![gen: a long
prompt in the snow]()

![gen: *night* sky]()

![gen: caf\u00e9 noir]()
`
const manual = 'Write `![gen: a grey owl](size=16:9)`.\n\n![gen: a grey owl](size=16:9)\n'

function leftOvers(text: string): readonly string[] {
  const { read } = createContentReader()
  const contents = [read(post, 'post.md'), read(manual, 'manual.md')]
  const find = leftOverFinder(
    contents.flatMap(({ directives }) => directives),
    new Map(contents.flatMap(({ sources }) => [...sources])),
  )
  return find({ name: 'a.html', text }).map(({ place }) => `${place.file}:${place.line}`)
}

describe('a left-over', () => {
  test.for([
    ['HTML', '<p>![gen: a red fox, <em>running</em>](size=16:9)</p>', 'post.md:6'],
    ['a script', String.raw`const a = "![gen: a red fox, *running*](size=16:9)\n"`, 'post.md:6'],
    ['a script, in quotes', String.raw`"![gen: \"quoted\"]()"`, 'post.md:8'],
    ['Chinese', '<p>![gen: 狐狸](alt=fox)</p>', 'post.md:10'],
    ['a prompt of two lines', String.raw`"![gen: a long\nprompt in the snow]()"`, 'post.md:12'],
    ['a line break', '![gen: a long<br>\nprompt in the snow]()', 'post.md:12'],
    ['an image', '<img src="size=16:9" alt="gen: a red fox, running">', 'post.md:6'],
    ['an image of a script', '{src:"a",alt:"gen: a red fox, running"}', 'post.md:6'],
    ['emphasis', '<p>![gen: <em>night</em> sky](a)</p>', 'post.md:15'],
    ['escapes of a script', String.raw`"![gen: caf\u00e9 noir]()"`, 'post.md:17'],
    [
      'a value of an attribute',
      '<a data-x="{&quot;gen&quot;:&quot;an old lighthouse&quot;}">',
      'post.md:2',
    ],
    ['a mapping as JSON', '{"cover":{"gen":"an old lighthouse","size":"1200x630"}}', 'post.md:2'],
    ['a mapping as a script', '{cover:{gen:"an old lighthouse",size:1}}', 'post.md:2'],
    ['a mapping in a string', String.raw`'{\"gen\":\"an old lighthouse\"}'`, 'post.md:2'],
    ['a string', '<meta content="gen: a small boat">', 'post.md:3'],
    ['YAML', 'thumb: "gen: a small boat"', 'post.md:3'],
  ] as const)('is found in %s', ([, text, place]) => {
    expect(leftOvers(text)).toEqual([place])
  })

  test.for([
    ['nothing', ''],
    ['a picture with the prompt as its text', '<img alt="a red fox, *running*">'],
    ['the notation that a manual shows', '<code>![gen: a grey owl](size=16:9)</code>'],
    ['another prompt', '![gen: a blue fox](size=16:9)'],
    ['a longer word', 'oxygen: an old lighthouse'],
    ['a short name of a script', '{gen:e} gen=a gen: b'],
    ['a word that begins alike', '{"gen":"an old light"}'],
  ] as const)('is not %s', ([, text]) => {
    expect(leftOvers(text)).toEqual([])
  })

  test('is described by the file of the output and the place of the directive', () => {
    const place = { file: 'post.md', line: 6, column: 1 }
    const found = Array.from({ length: 22 }, (_none, index) => ({ output: `${index}.html`, place }))
    expect(describeLeftOvers(found)).toContain('22 directives left over')
    expect(describeLeftOvers(found)).toContain('  0.html  the directive of post.md:6:1')
    expect(describeLeftOvers(found)).toContain('and 2 more')
  })
})

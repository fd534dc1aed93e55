import { expect, test } from 'vitest'
import { scan } from '../../../packages/core/src/directive/scan.ts'
import { seen, slices } from './seen.ts'

test.for([
  '![gen: fox',
  '![gen: fox]',
  '![gen: fox] (a)',
  '![gen: fox][ref]\n\n[other]: /url',
  '![gen: fox](a',
  '![gen: fox](alt="a)',
  '![gen: fox](<a)',
  '![gen: fox](a (b)',
  '![gen: fox\\](a b)',
  '![gen: fox [old](a b)',
  '![gen: fox\n\nand hound](a b)',
  '![gen: fox](a\n\nb)',
  '![gen: fox](a\\)',
  '! [gen: fox](a b)',
  '![ gen: fox](a b)',
  '![Gen: fox](a b)',
  '![gen : fox](a b)',
  '![general: fox](a b)',
  '\\![gen: fox](a b)',
  '!\\[gen: fox](a b)',
  '`![gen: fox](a b)`',
  '`` ` ![gen: fox](a b) ``',
  '```md\n![gen: fox](a b)\n```',
  '~~~\n![gen: fox](a b)',
  '    ![gen: fox](a b)',
  'text\n\n\t![gen: fox](a b)',
  '<!-- ![gen: fox](a b) -->',
  'text <!-- ![gen: fox](a b) --> text',
  '<div>\n![gen: fox](a b)\n</div>',
  '<script>\n\n![gen: fox](a b)\n\n</script>',
  'text <span title="![gen: fox](a b)">',
  '[link](</![gen: fox](a b)>)',
  '[link](/url "![gen: fox](a b)")',
  '[ref]: /url "![gen: fox](a b)"',
  '<https://example.com/![gen:fox](a)>',
  'https://example.com/![gen:fox](a)',
  '![alternative ![gen: fox](a b) text](/image.png)',
  '![alternative ![gen: fox](a b) text][ref]\n\n[ref]: /image.png',
  '---\ncover: "![gen: fox](a b)"\n---',
  '+++\ncover = "![gen: fox](a b)"\n+++',
])('finds nothing in %j', (source) => {
  expect(scan(source, 'fox.md')).toEqual([])
})

test.for([
  ['> ![gen: red\n> fox](alt="a\n> b", dark)', ' red\nfox', 'a\nb'],
  ['> ![gen: red\nfox](alt="a\nb", dark)', ' red\nfox', 'a\nb'],
  ['>  > - ![gen: red\n>  >   fox](alt="a\n>  >   b",\n>  >   dark)', ' red\nfox', 'a\nb'],
  ['- ![gen: red\n  fox](alt="a\n  b" dark)', ' red\nfox', 'a\nb'],
  ['10. ![gen: red\n\tfox](alt="a\n\tb" dark)', ' red\nfox', 'a\nb'],
  ['- [ ] ![gen: red fox](alt="a b" dark)', ' red fox', 'a b'],
  ['## ![gen: red fox](alt="a b" dark) ##', ' red fox', 'a b'],
  ['![gen: red fox](alt="a b" dark)\n===', ' red fox', 'a b'],
  [
    '| a | b |\n| - | - |\n| ![gen: red \\| fox](alt="a \\| b" dark) | c |',
    ' red \\| fox',
    'a \\| b',
  ],
  ['[a ![gen: red fox](alt="a b" dark) b](/url)', ' red fox', 'a b'],
  ['[a ![gen: red fox](alt="a b" dark) b][ref]\n\n[ref]: /url', ' red fox', 'a b'],
  ['***![gen: red fox](alt="a b" dark)*** ~~a~~', ' red fox', 'a b'],
  ['text[^1]\n\n[^1]: ![gen: red fox](alt="a b" dark)', ' red fox', 'a b'],
  ['<div>\n\n![gen: red fox](alt="a b" dark)\n\n</div>', ' red fox', 'a b'],
  ['<b>![gen: red fox](alt="a b" dark)</b>', ' red fox', 'a b'],
  ['---\ntitle: a\n---\n![gen: red fox](alt="a b" dark)', ' red fox', 'a b'],
  ['\\\\![gen: red fox](alt="a b" dark)', ' red fox', 'a b'],
  ['!![gen: red fox](alt="a b" dark)', ' red fox', 'a b'],
  ['![gen: `not closed ![gen: red fox](alt="a b" dark)', ' red fox', 'a b'],
  ["![gen: a](b=\"c ![gen: red fox](alt='a b' dark)", ' red fox', 'a b'],
] as const)(
  'finds a directive without the prefixes of containers in %j',
  ([source, prompt, alt]) => {
    expect(seen(source)).toEqual([{ prompt, attributes: [['alt', alt], 'dark'] }])
    expect(slices(source)).toEqual([
      source.slice(source.lastIndexOf('![gen:'), source.lastIndexOf('dark)') + 5),
    ])
  },
)

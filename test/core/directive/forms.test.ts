import { expect, test } from 'vitest'
import { seen, slices } from './seen.ts'

test.for([
  [
    '![gen: a fox](size=1x1, quality=low)',
    ' a fox',
    [
      ['size', '1x1'],
      ['quality', 'low'],
    ],
  ],
  [
    '![gen: a fox](size=1x1,quality=low)',
    ' a fox',
    [
      ['size', '1x1'],
      ['quality', 'low'],
    ],
  ],
  [
    '![gen: a fox](size=1x1 quality=low)',
    ' a fox',
    [
      ['size', '1x1'],
      ['quality', 'low'],
    ],
  ],
  [
    '![gen: a fox](size=1x1\n  ,\n\tquality=low\n)',
    ' a fox',
    [
      ['size', '1x1'],
      ['quality', 'low'],
    ],
  ],
  ['![gen: a fox]( , size=1x1 ,, dark , )', ' a fox', [['size', '1x1'], 'dark']],
  [
    '![gen: a fox](<size=1x1, quality=low>)',
    ' a fox',
    [
      ['size', '1x1'],
      ['quality', 'low'],
    ],
  ],
  ['![gen: a fox]( \n <size=1x1> \n )', ' a fox', [['size', '1x1']]],
  ['![gen: a fox](<a> dark "c")', ' a fox', ['a', 'dark', ['', '"c"']]],
  ['![gen: a fox](<alt=:) dark>)', ' a fox', [['alt', ':)'], 'dark']],
  [
    '![gen: a fox](<alt="a > b" x=\\>>)',
    ' a fox',
    [
      ['alt', 'a > b'],
      ['x', '\\>'],
    ],
  ],
  ['![gen: a fox](<>)', ' a fox', []],
  ['![gen: a fox]()', ' a fox', []],
  ['![gen:fox](dark)', 'fox', ['dark']],
  ['![gen:]()', '', []],
  ['![gen:  \n ]()', '  \n ', []],
  ['![gen: a [red [old]] fox []]()', ' a [red [old]] fox []', []],
  ['![gen: a \\] b \\[ c \\\\]()', ' a \\] b \\[ c \\\\', []],
  ['![gen: two\nlines](alt="and\nhere")', ' two\nlines', [['alt', 'and\nhere']]],
  [
    '![gen: `a` *b* <c> {d} https://e.f ~~g~~ &amp;]()',
    ' `a` *b* <c> {d} https://e.f ~~g~~ &amp;',
    [],
  ],
  ['![gen: a ![gen: b](c d) e]()', ' a ![gen: b](c d) e', []],
  ['![gen: a](alt="one, (two) ![gen: b](c)")', ' a', [['alt', 'one, (two) ![gen: b](c)']]],
  [
    '![gen: a](alt=\'it\\\'s "so"\' title="it\'s \\"so\\"")',
    ' a',
    [
      ['alt', 'it\\\'s "so"'],
      ['title', 'it\'s \\"so\\"'],
    ],
  ],
  [
    '![gen: a](alt=it\'s x=5")',
    ' a',
    [
      ['alt', "it's"],
      ['x', '5"'],
    ],
  ],
  [
    '![gen: a](ref=a(1).png style=f(a, (b) c))',
    ' a',
    [
      ['ref', 'a(1).png'],
      ['style', 'f(a, (b) c)'],
    ],
  ],
  [
    '![gen: a](x=\\) y=a\\,b z=\\(c)',
    ' a',
    [
      ['x', '\\)'],
      ['y', 'a\\,b'],
      ['z', '\\(c'],
    ],
  ],
  [
    '![gen: a](alt="" title=)',
    ' a',
    [
      ['alt', ''],
      ['title', ''],
    ],
  ],
  ['![gen: a](url=/x?y=z)', ' a', [['url', '/x?y=z']]],
  ['![gen: a](x=b\\ y=c\\\n z)', ' a', [['x', 'b\\'], ['y', 'c\\'], 'z']],
] as const)('reads %j', ([source, prompt, attributes]) => {
  expect(seen(source)).toEqual([{ prompt, attributes }])
  expect(slices(`*before* ${source} after`)).toEqual([source])
})

test.for([
  ['![gen: fox](a "b")', ['a', ['', '"b"']]],
  ['![gen: fox](=x)', [['', '=x']]],
  ['![gen: fox](a==b)', [['', 'a==b']]],
  ['![gen: fox](x="a"b, c)', [['', 'x="a"b'], 'c']],
  ['![gen: fox]("a"\'b\')', [['', '"a"\'b\'']]],
  ['![gen: fox](="a b")', [['', '="a b"']]],
  [
    '![gen: fox](1x1 (b c) /fox.png)',
    [
      ['', '1x1'],
      ['', '(b c)'],
      ['', '/fox.png'],
    ],
  ],
  ['![gen: fox](size:1x1)', [['', 'size:1x1']]],
] as const)('keeps malformed attributes of %j for a later stage', ([source, attributes]) => {
  expect(seen(source)).toEqual([{ prompt: ' fox', attributes }])
  expect(slices(source)).toEqual([source])
})

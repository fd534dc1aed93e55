import { expect, test } from 'vitest'
import { readAttribute } from '../../../packages/core/src/directive/attribute.ts'

test.for([
  ['dark', { name: 'dark' }],
  ['data-a_1', { name: 'data-a_1' }],
  ['size=1x1', { name: 'size', value: '1x1' }],
  ['alt=', { name: 'alt', value: '' }],
  ['alt=""', { name: 'alt', value: '', quote: '"' }],
  ['alt="a, \'b\' \\" c"', { name: 'alt', value: "a, 'b' \\\" c", quote: '"' }],
  ["alt='a, \"b\" \\' c'", { name: 'alt', value: 'a, "b" \\\' c', quote: "'" }],
  ['alt="a\nb"', { name: 'alt', value: 'a\nb', quote: '"' }],
  ['alt="a\\\\"', { name: 'alt', value: 'a\\\\', quote: '"' }],
  ['url=/x?y=z"', { name: 'url', value: '/x?y=z"' }],
] as const)('reads %j', ([text, expected]) => {
  expect(readAttribute(text)).toEqual(expected)
})

test.for([
  '"a"',
  "'a'",
  '=x',
  'a==b',
  'a="b"c',
  'a="b\\"',
  '1x1',
  '-a',
  '(a)',
  'größe=1',
  'a:b',
  '',
])('answers no name for %j', (text) => {
  expect(readAttribute(text)).toEqual({ name: '', value: text })
})

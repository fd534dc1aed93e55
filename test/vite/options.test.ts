import imprompt from 'vite-plugin-imprompt'
import { expect, test } from 'vitest'

test.for<[object, RegExp]>([
  [
    { budget: { build: 0 }, mode: 'frozen' },
    /unknown option `budget`; unknown option `mode`; nothing was bought.*imprompt\.config\.ts/,
  ],
  [{ confg: 'x' }, /unknown option `confg`, did you mean `config`/],
  [{ config: {} }, /`config` is no path/],
  [{ markup: 'img' }, /unexpected markup `img`, expected `picture` or `markdown`/],
])('options that the plugin does not take are refused: %j', ([options, told]) => {
  expect(() => imprompt(options)).toThrow(told)
})

test('options that it takes are taken', () => {
  expect(imprompt({ config: 'a.ts', markup: 'markdown' }).name).toBe('imprompt')
})

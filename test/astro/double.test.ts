import { expect, test } from 'vitest'
import imprompt from '../../packages/astro/src/index.ts'
import { refuseDouble } from '../../packages/astro/src/double.ts'
import vitePlugin from 'vite-plugin-imprompt'

const other = { name: 'other', hooks: {} }

test('the integration twice is refused', () => {
  const integrations = [imprompt(), other, imprompt()]
  expect(() => refuseDouble({ integrations, vite: {} })).toThrow(
    /more than once among the `integrations`; nothing was bought/,
  )
})

test('the plugin beside the integration is refused', () => {
  const vite = { plugins: [[vitePlugin()]] }
  expect(() => refuseDouble({ integrations: [imprompt()], vite })).toThrow(
    /stands in `vite\.plugins` besides; nothing was bought/,
  )
})

test('the integration alone is taken', () => {
  expect(() => refuseDouble({ integrations: [imprompt(), other], vite: {} })).not.toThrow()
})

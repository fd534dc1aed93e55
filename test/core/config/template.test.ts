import { expect, test } from 'vitest'
import {
  brandSafeCreative,
  characterSeries,
  uiIllustrationPack,
} from '../../../packages/core/src/config/presets.ts'
import {
  fieldsOf,
  fillTemplate,
  templateFault,
} from '../../../packages/core/src/config/template.ts'

test.for(['{prompt}. Flat vector', '{title}: {prompt}, {author.name}, {year_2}, {größe}'])(
  'takes %j for a template',
  (text) => {
    expect(templateFault(text, ['brand', 'plate'])).toBeUndefined()
  },
)

test.for([
  ['no slot', 'expected `{prompt}` exactly once'],
  ['{prompt} and {prompt}', 'expected `{prompt}` exactly once'],
  ['{title}', 'expected `{prompt}` exactly once'],
  ['{prompt} {', 'unexpected brace'],
  ['{prompt} }', 'unexpected brace'],
  ['{{prompt}}', 'unexpected brace'],
  ['{prompt {title}}', 'unexpected brace'],
  ['{prompt} {not a field}', 'unexpected `{not a field}`'],
  ['{prompt} {}', 'unexpected `{}`'],
  ['{prompt} {brand}', 'which names a style; styles do not nest'],
] as const)('says of the template %j: %s', ([text, fault]) => {
  expect(templateFault(text, ['brand', 'plate'])).toContain(fault)
})

test('fills a template in one pass', () => {
  const values = new Map([
    ['prompt', 'a {title} {prompt} $&'],
    ['title', '{prompt}'],
  ])
  expect(fillTemplate('{title}: {prompt}. {other}', values)).toBe(
    '{prompt}: a {title} {prompt} $&. {other}',
  )
  expect(fieldsOf('{title}: {prompt}. {other}')).toEqual(['title', 'other'])
})

test.for([
  [
    'brand-safe creative',
    brandSafeCreative({
      product: 'a kettle',
      audience: 'home cooks',
      visualStyle: 'studio photograph',
      composition: 'centred',
      colours: 'teal and sand',
      background: 'plain off-white',
      leaveOut: 'text and hands',
    }),
    '{prompt}. Product: a kettle. Audience: home cooks. Visual style: studio photograph. Composition: centred. Colours: teal and sand. Background: plain off-white. Leave out: text and hands',
  ],
  [
    'a brand-safe creative of a field',
    brandSafeCreative({ product: '{product}' }),
    '{prompt}. Product: {product}. Leave out: text, logos, watermarks, people who could be recognised, other brands',
  ],
  [
    'a character series',
    characterSeries({
      character: 'a fox in a red coat',
      style: 'ink',
      pose: 'walking',
      expression: 'curious',
      constant: 'the coat',
    }),
    '{prompt}. Character sheet: a fox in a red coat. Style: ink. Pose: walking. Expression: curious. What stays the same: the coat',
  ],
  [
    'a pack of illustrations',
    uiIllustrationPack({ theme: 'gardening', palette: 'two greens', subject: '{title}' }),
    '{prompt}. Subject: {title}. Theme: gardening. Style constraints: flat shapes, one line width, no gradients, no text, readable at small sizes. Palette: two greens',
  ],
] as const)('makes a template of %s', ([, template, expected]) => {
  expect(template).toBe(expected)
  expect(templateFault(template, [])).toBeUndefined()
})

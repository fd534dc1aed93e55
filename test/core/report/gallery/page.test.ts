import { hash } from 'node:crypto'
import rehypeParse from 'rehype-parse'
import { unified } from 'unified'
import type { Element } from 'hast'
import { visit } from 'unist-util-visit'
import { describe, expect, test } from 'vitest'
import {
  type GalleryInput,
  galleryPage,
} from '../../../../packages/core/src/report/gallery/page.ts'
import {
  hostilePrompts,
  sampleAttempt,
  sampleFacts,
  sampleImage,
  sampleOriginal,
  sampleReport,
} from '../../../support/gallery-sample.ts'

const pixel = 'data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw=='

const stored = sampleImage(1, { original: sampleOriginal })
const bought = sampleImage(2, {
  state: 'bought',
  prompt: 'a hen, seen from above while it crosses the yard of a farm in the evening, '.repeat(3),
  places: [
    { file: 'posts/hen.md', line: 30, column: 12 },
    { file: 'imprompt.config.ts', line: 1, column: 1, field: 'images.hen' },
  ],
  spentMicroUsd: 41_160,
  earlierMicroUsd: 50_000,
  original: sampleOriginal,
  substitutions: [{ name: 'quality', asked: 'medium', made: 'low' }],
})
const fresh = sampleImage(3, {
  state: 'new',
  model: 'gpt-image-2.5-flare',
  prompt: hostilePrompts.slice(0, 4).join(' '),
  estimate: {
    microUsd: 41_160,
    worstMicroUsd: 41_305,
    basis: 'upper-bound',
    asOf: '2026-11-01',
    source: 'a table',
  },
})
const draft = sampleImage(4, { state: 'new', isDraft: true })

const input: GalleryInput = {
  report: sampleReport([stored, bought, fresh, draft]),
  pictures: new Map([
    [stored.key, sampleFacts(pixel)],
    [bought.key, sampleFacts(pixel, takeTwo())],
  ]),
  account: {
    attempts: [
      sampleAttempt(1, '2026-10', 'gpt-image-2'),
      sampleAttempt(2, '2026-11', 'gpt-image-2'),
      sampleAttempt(3, '2026-11', 'gpt-image-2.5-flare'),
      sampleAttempt(4, '2026-11', 'gpt-image-2.5-flare', 'unknown'),
    ],
    faults: [{}],
  },
  prompts: 'excerpt',
}

function takeTwo(): ReturnType<typeof sampleFacts> {
  const facts = sampleFacts(pixel)
  const cost = { microUsd: 41_000, basis: 'estimate' } as const
  return { ...facts, entry: { ...facts.entry, cost, request: { ...facts.entry.request, take: 2 } } }
}

function withPrompts(prompts: readonly string[], form: GalleryInput['prompts']): GalleryInput {
  const images = prompts.map((prompt, at) => sampleImage(at, { prompt }))
  return { ...input, report: sampleReport(images), prompts: form }
}

function elementsOf(html: string): readonly Element[] {
  const elements: Element[] = []
  visit(unified().use(rehypeParse).parse(html), 'element', (one) => void elements.push(one))
  return elements
}

function textOf(node: Element): string {
  return node.children
    .map((child) =>
      child.type === 'text' ? child.value : child.type === 'element' ? textOf(child) : '',
    )
    .join('')
}

function promptsIn(html: string): readonly string[] {
  return elementsOf(html)
    .filter(({ properties }) => [properties['className']].flat().includes('prompt'))
    .map(textOf)
}

describe('the gallery', () => {
  test('tells each picture, what it cost, and what was spent by month and model', async () => {
    await expect(galleryPage(input)).toMatchFileSnapshot('fixtures/small.html')
  })

  test('tells whose file was adopted, and no model, quality or price of it', () => {
    const adopted = { file: '<b>fox</b>.png', at: '2026-11-30T10:00:00.000Z' }
    const image = sampleImage(1, { model: 'gpt-image-2', adopted, original: sampleOriginal })
    const html = galleryPage({
      ...input,
      report: sampleReport([image]),
      pictures: new Map([[image.key, sampleFacts(pixel)]]),
    })
    const text = html.slice(html.indexOf('<figcaption'), html.indexOf('</figcaption'))
    expect(text).toContain('<dt>Adopted</dt><dd>&#x3C;b>fox&#x3C;/b>.png on 2026-11-30</dd>')
    expect(text).toContain(`<dd>${sampleOriginal.width}x${sampleOriginal.height}</dd>`)
    expect(text).not.toMatch(/<dt>(?:Model|Bought)|medium/)
  })

  test('tells of an empty project that nothing asks for a picture', () => {
    const html = galleryPage({
      ...input,
      report: sampleReport([]),
      account: { attempts: [], faults: [] },
    })
    expect(html).toContain('Nothing asks for a picture')
    expect(html).toContain('tells of no attempt')
    expect(html).not.toContain('type="search"')
  })

  test('lets through its own style and script alone', () => {
    const elements = elementsOf(galleryPage(withPrompts(hostilePrompts, 'full')))
    const policy = elements.find(({ properties }) => 'httpEquiv' in properties)
    const hashOf = (tagName: string): readonly string[] =>
      elements
        .filter((one) => one.tagName === tagName)
        .map((one) => `'sha256-${hash('sha256', textOf(one), 'base64')}'`)
    expect(policy?.properties['content']).toBe(
      [
        "default-src 'none'",
        'img-src data:',
        `style-src ${hashOf('style').join(' ')}`,
        `script-src ${hashOf('script').join(' ')}`,
        "base-uri 'none'",
        "form-action 'none'",
      ].join('; '),
    )
    for (const { properties } of elements)
      for (const name of Object.keys(properties)) expect(name).not.toMatch(/^(?:on|style$)/i)
  })

  test('goes nowhere else for anything', () => {
    const html = galleryPage(input)
    for (const { properties } of elementsOf(html))
      for (const name of ['src', 'href', 'action', 'srcSet'])
        expect(properties[name] ?? 'data:').toEqual(expect.stringMatching(/^data:/))
  })
})

describe('prompts in the gallery', () => {
  test('stay whole and harmless, and show what cannot be seen', () => {
    const prompts = promptsIn(galleryPage(withPrompts(hostilePrompts, 'full')))
    expect(prompts.slice(0, 5)).toEqual(hostilePrompts.slice(0, 5))
    expect(prompts.slice(5, 10)).toEqual([
      'a lineU+000AanotherU+000D U+000AandU+0009a tabU+0085 U+2028 U+2029',
      'rises U+202Etxet sihtU+202C U+2066isolatedU+2069 U+200Fmark',
      'nul U+0000 escape U+001B[31m bell U+0007 delete U+007F',
      'zeroU+200Bwidth U+FEFF U+00AD U+E0041 lone \uFFFD end',
      'a family 👨‍👩‍👧, a heart ❤️, a flag 🏴󠁧󠁢󠁳󠁣󠁴󠁿, 狐と雪, ثعلب أحمر',
    ])
    const [long = ''] = hostilePrompts.slice(10)
    expect(long).toHaveLength(31_995)
    expect(prompts[10]).toBe(`${long.slice(0, 139)}…${long}`)
  })

  test('are told by their beginning, or not at all', () => {
    const tail = 'the tail that nobody may read'
    const prompts = [`a beginning ${'x'.repeat(200)} ${tail}`]
    const excerpt = galleryPage(withPrompts(prompts, 'excerpt'))
    expect(excerpt).toContain('a beginning')
    expect(excerpt).not.toContain('the tail')
    const none = galleryPage(withPrompts(prompts, 'none'))
    expect(none).not.toContain('a beginning')
    expect(none).not.toContain('the tail')
  })

  test('are names of files, models and providers no less', () => {
    const name = '<b>\u202Ename & "quote"'
    const image = sampleImage(1, {
      places: [{ file: name, line: 1, column: 1 }],
      model: name,
      provider: name,
      original: sampleOriginal,
    })
    const html = galleryPage({
      ...input,
      report: sampleReport([image]),
      pictures: new Map([[image.key, sampleFacts(pixel)]]),
      account: { attempts: [sampleAttempt(1, '2026-11', name)], faults: [] },
    })
    expect(html).not.toContain('\u202E')
    const elements = elementsOf(html)
    expect(elements.filter(({ tagName }) => tagName === 'b')).toEqual([])
    expect(elements.find(({ tagName }) => tagName === 'img')?.properties['alt']).toBe(
      'Picture at <b>[U+202E]name & "quote":1:1',
    )
    expect(elements.filter(({ tagName }) => tagName === 'option').map(textOf)).toContain(
      '<b>[U+202E]name & "quote"',
    )
  })
})

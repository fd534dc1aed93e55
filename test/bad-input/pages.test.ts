import { compile as compileMdx } from '@mdx-js/mdx'
import { baseCompile } from '@vue/compiler-dom'
import { runInNewContext } from 'node:vm'
import { compile as compileSvelte } from 'svelte/compiler'
import type { Element } from 'hast'
import rehypeParse from 'rehype-parse'
import { unified } from 'unified'
import { visit } from 'unist-util-visit'
import { describe, expect, test } from 'vitest'
import { htmlOf, jsxOf } from '../../packages/core/src/render/markup.ts'
import { pictureData } from '../../packages/core/src/render/picture-data.ts'
import { pictureElement, plainImage } from '../../packages/core/src/render/picture-element.ts'
import { reportOfProblems } from '../../packages/core/src/report/failure.ts'
import { reportText } from '../../packages/core/src/report/text.ts'
import { excerpt, printable } from '../../packages/core/src/wording.ts'
import { shownBy } from '../support/shown.ts'

/** Texts that are code, or an end of text, to somebody who gets them. */
const texts = [
  `" onerror=alert(1) x="`,
  `' onerror='alert(1)`,
  '</script><script>alert(1)</script>',
  '{{ constructor.constructor("alert(1)")() }}',
  '${alert(1)}',
  '{alert(1)}',
  '<b>bold</b> & &lt;',
  '`code` | cell',
  'a\u2028b\u2029c',
  String.raw`back\slash "quote"`,
]

const shown = (text: string) => shownBy({ alt: text, title: text })
const urlOf = (): string => '/a.jpg'

describe.for(texts)('a page with the text %j', (text) => {
  test.for([pictureElement, plainImage])('holds it as text in HTML', (elementOf) => {
    const html = htmlOf(elementOf(shown(text), urlOf))
    expect(attributesIn(html, 'alt')).toEqual([text])
    expect(attributesIn(html, 'title')).toEqual([text])
    expect(namesIn(html).filter((name) => name === 'script' || name.startsWith('on'))).toEqual([])
  })

  test('holds it as text in Vue', () => {
    const { code } = baseCompile(htmlOf(pictureElement(shown(text), urlOf)))
    expect(code).toContain(`alt: ${JSON.stringify(text)}`)
    expect(code).not.toContain('toDisplayString')
  })

  test('holds it as text in Svelte', () => {
    const html = htmlOf(pictureElement(shown(text), urlOf))
    const { js } = compileSvelte(html, { generate: 'server' })
    expect(js.code).not.toContain('$.escape')
    expect(js.code).not.toContain('$.attr')
  })

  test('holds it as text in MDX', async () => {
    const code = String(await compileMdx(jsxOf(pictureElement(shown(text), urlOf))))
    expect(code.replaceAll(String.raw`\u007c`, '|')).toContain(`alt: ${JSON.stringify(text)}`)
  })

  test('holds it as text in a module and in a script element', () => {
    const { alt, html } = pictureData(shown(text), urlOf)
    const module = JSON.stringify({ alt, html })
    const read: unknown = runInNewContext(`(${module})`)
    expect(read).toEqual({ alt: text, html })
    expect(html).not.toContain('</script')
  })
})

describe('a terminal', () => {
  test.for([
    '\u001B[31mred\u001B[0m',
    '\u001B]8;;https://evil\u0007link',
    'a\u0007b\u0008c',
    '\u202Eabc',
  ])('gets no order from %j', (text) => {
    expect(printable(text)).not.toMatch(/(?!\n)\p{Cc}|\u202E/u)
    expect(excerpt(text, 50)).not.toMatch(/\p{Cc}|\u202E/u)
  })

  test('gets a prompt on a line that begins otherwise, which is no command of a CI', () => {
    const image = {
      key: 'a'.repeat(64),
      state: 'new',
      places: [{ file: 'a.md', line: 1, column: 1 }],
      prompt: '::error::owned\n::set-output name=a::b',
      provider: 'p',
      model: 'm',
      size: '1x1',
      spentMicroUsd: 0,
    } as const
    const text = reportText({ ...reportOfProblems([], { globs: [], files: 1 }), images: [image] })
    expect(text).toContain('::error::owned')
    for (const line of text.split('\n')) expect(line.trimStart()).not.toMatch(/^::/)
  })
})

/** The values of an attribute, as a browser reads them. */
function attributesIn(html: string, name: string): readonly unknown[] {
  return elementsIn(html).flatMap(({ properties }) => properties[name] ?? [])
}

/** The names of all elements and attributes. */
function namesIn(html: string): readonly string[] {
  return elementsIn(html).flatMap(({ tagName, properties }) => [
    tagName,
    ...Object.keys(properties),
  ])
}

function elementsIn(html: string): readonly Element[] {
  const elements: Element[] = []
  visit(unified().use(rehypeParse, { fragment: true }).parse(html), 'element', (element) => {
    elements.push(element)
  })
  return elements
}

import { describe, expect, test } from 'vitest'
import { type Variant, pictureOf } from '../../../packages/core/src/optimise/picture.ts'
import { fileStemOf } from '../../../packages/core/src/render/file-stem.ts'
import { altTextOf } from '../../../packages/core/src/render/markdown-image.ts'
import { htmlOf, jsxOf } from '../../../packages/core/src/render/markup.ts'
import { pictureData } from '../../../packages/core/src/render/picture-data.ts'
import {
  type Shown,
  addressOf,
  pictureElement,
  plainImage,
} from '../../../packages/core/src/render/picture-element.ts'
import { requestIn } from '../../support/fakes.ts'
import { source } from '../../support/shown.ts'

function shownBy(markdown: string, isFirst = false): Shown {
  const { display, prompt } = requestIn(markdown)
  const picture = pictureOf(source, display, 'v1')
  return { picture, display, prompt, standIn: '#336699', isFirst }
}

const element = (shown: Shown): ReturnType<typeof pictureElement> =>
  pictureElement(shown, ({ width, format }) => `/${width}.${format}`)
const html = (markdown: string, isFirst = false): string =>
  htmlOf(element(shownBy(markdown, isFirst)))
const jsx = (markdown: string): string => jsxOf(element(shownBy(markdown)))

test.for([
  ['![gen: a fox](size=64x64)', 'a fox'],
  ['![gen: a fox](alt="Red")', 'Red'],
  ['![gen: a fox](alt="")', ''],
  ['![gen: a *fox*, 5 < 6]()', 'a &#42;fox&#42;, 5 &#60; 6'],
] as const)('the words of %s alone are %s', ([markdown, words]) => {
  expect(altTextOf(shownBy(markdown))).toBe(words)
})

describe('a picture as HTML', () => {
  test('offers every encoding, and says its size', () => {
    expect(html('![gen: a fox](widths=300, sizes=50vw)')).toMatchInlineSnapshot(
      `"<picture><source type="image/avif" srcset="/300.avif 300w, /600.avif 600w" sizes="50vw" /><source type="image/webp" srcset="/300.webp 300w, /600.webp 600w" sizes="50vw" /><img src="/600.jpeg" srcset="/300.jpeg 300w, /600.jpeg 600w" sizes="50vw" width="600" height="400" alt="a fox" loading="lazy" decoding="async" style="background:#336699" data-digital-source-type="trainedAlgorithmicMedia" /></picture>"`,
    )
  })

  test('stands on one line with self-closed tags', () => {
    const text = html('![gen: a fox\nin the snow](alt="one\ntwo")')
    expect(text).not.toContain('\n')
    expect(text.match(/<(?:img|source)[^>]*[^/]>/g)).toBeNull()
  })

  test.for([
    ['![gen: a fox]()', 'alt="a fox"'],
    ['![gen: a fox](alt="Red")', 'alt="Red"'],
    ['![gen: a fox](alt="")', 'alt=""'],
    ['![gen: a "b" <i>&amp;]()', 'alt="a &#x22;b&#x22; &#60;i&#62;&#x26;"'],
    [
      '![gen: a fox](class="a b", id=fox, title="A \\"fox\\"")',
      'title="A &#x22;fox&#x22;" class="a b" id="fox"',
    ],
    ['![gen: a fox]()', 'loading="lazy"'],
    ['![gen: a fox](loading=eager)', 'fetchpriority="high"'],
    ['![gen: a fox](priority=low)', 'loading="lazy" fetchpriority="low"'],
  ] as const)('of %s holds %s', ([markdown, part]) => {
    expect(html(markdown)).toContain(part)
  })

  test('holds no bar that would end a table cell, and no brace that is code elsewhere', () => {
    const text = html(String.raw`![gen: a \| b {c}](title="{{ d }}")`)
    expect(text).not.toMatch(/[|{}]/)
    expect(text).toContain('alt="a &#124; b &#123;c&#125;"')
    expect(jsx(String.raw`![gen: a \| b]()`)).toContain(String.raw`alt={"a \u007c b"}`)
  })

  test('is wanted at once where it is the first of its page', () => {
    expect(html('![gen: a fox]()', true)).toContain('fetchpriority="high"')
    expect(html('![gen: a fox]()', true)).not.toContain('loading')
    expect(html('![gen: a fox](loading=lazy)', true)).toContain('loading="lazy"')
  })

  test.for([
    'x" onerror="alert(1)',
    "x' onerror='alert(1)",
    '</script><script>alert(1)</script>',
    '{{ constructor }} ${x} {x}',
    '\u2028\u2029',
  ])('keeps %j inside its attribute', (prompt) => {
    const escaped = prompt.replaceAll(/["\\&]/g, String.raw`\$&`)
    const text = html(`![gen: a fox](alt="${escaped}")`)
    const tags = text.replaceAll(/"[^"]*"/g, '').match(/<\/?[a-z]+/g)
    expect(tags).toEqual(['<picture', '<source', '<source', '<img', '</picture'])
  })
})

describe('a picture that is no still one', () => {
  const { display, prompt } = requestIn('![gen: a fox](widths=300, sizes=50vw)')
  const shownAs = (shape: 'animation' | 'drawing'): Shown => ({
    picture: pictureOf({ ...source, shape }, display, 'v1'),
    display,
    prompt,
    standIn: undefined,
    isFirst: false,
  })
  const urlOf = ({ width, format, isStill }: Variant): string =>
    `/${isStill ? 'still-' : ''}${width}.${format}`

  test.for([
    [
      'animation',
      '<source media="(prefers-reduced-motion: reduce)" type="image/webp" srcset="/still-300.webp 300w, /still-600.webp 600w" sizes="50vw" /><source type="image/webp" srcset="/300.webp 300w, /600.webp 600w" sizes="50vw" /><img src="/600.gif"',
    ],
    ['drawing', '<source type="image/svg+xml" srcset="/600.svg" /><img src="/600.jpeg"'],
  ] as const)('offers what its readers may want as HTML: %s', ([shape, part]) => {
    expect(htmlOf(pictureElement(shownAs(shape), urlOf))).toContain(part)
  })

  test.for([
    ['animation', '<source media={"(prefers-reduced-motion: reduce)"} type={"image/webp"}'],
    ['drawing', '<source type={"image/svg+xml"} srcSet={"/600.svg"} /><img'],
  ] as const)('offers the same as JSX: %s', ([shape, part]) => {
    expect(jsxOf(pictureElement(shownAs(shape), urlOf))).toContain(part)
  })

  test.for([
    ['animation', '/600.gif'],
    ['drawing', '/600.jpeg'],
  ] as const)('is addressed by pixels that every reader shows: %s', ([shape, url]) => {
    expect(addressOf(shownAs(shape).picture, urlOf)).toBe(url)
    expect(htmlOf(plainImage(shownAs(shape), urlOf))).toContain(`src="${url}"`)
  })

  test('tells its media query to whoever writes their own markup', () => {
    expect(pictureData(shownAs('animation'), urlOf).sources).toMatchObject([
      { media: '(prefers-reduced-motion: reduce)', type: 'image/webp' },
      { type: 'image/webp' },
    ])
    expect(pictureData(shownAs('drawing'), urlOf).sources).toEqual([
      { type: 'image/svg+xml', srcset: '/600.svg' },
    ])
  })
})

describe('a picture as JSX', () => {
  test('writes every value as an expression', () => {
    expect(jsx('![gen: a fox](widths=300, sizes=50vw, class="a b")')).toMatchInlineSnapshot(
      `"<picture><source type={"image/avif"} srcSet={"/300.avif 300w, /600.avif 600w"} sizes={"50vw"} /><source type={"image/webp"} srcSet={"/300.webp 300w, /600.webp 600w"} sizes={"50vw"} /><img src={"/600.jpeg"} srcSet={"/300.jpeg 300w, /600.jpeg 600w"} sizes={"50vw"} width={600} height={400} alt={"a fox"} className={"a b"} loading={"lazy"} decoding={"async"} style={{"background":"#336699"}} data-digital-source-type={"trainedAlgorithmicMedia"} /></picture>"`,
    )
  })

  test('lets no text of a prompt become code', () => {
    const text = jsx('![gen: a {fox} `${x}` "y" &lt;b&gt;]()')
    expect(text).toContain(String.raw`alt={"a {fox} ${'`${x}`'} \"y\" <b>"}`)
  })
})

describe('the stem of its files', () => {
  test.for([
    ['![gen: A red Fox, in the SNOW!]()', 'a-red-fox-in-the-snow'],
    ['![gen: a fox](name=Hero)', 'hero'],
    ['![gen: a secret prompt](alt="A fox")', 'a-fox'],
    ['![gen: a secret prompt](alt="")', 'picture'],
    ['![gen: 狐]()', 'picture'],
    ['![gen: ../../etc/passwd]()', 'etc-passwd'],
    ['![gen: CON]()', 'con'],
    [`![gen: a fox](alt="${'word '.repeat(30)}")`, 'word-word-word-word-word-word-word-word-word'],
  ] as const)('of %s is %s', ([markdown, stem]) => {
    expect(fileStemOf(shownBy(markdown))).toBe(stem)
  })
})

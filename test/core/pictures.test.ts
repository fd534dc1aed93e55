import { type Pictures, openPictures } from '@imprompt/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestProject, makeProject } from '../support/project.ts'
import { runCli } from '../support/run-cli.ts'

const hero = '![gen: the hero](style=plate, size=64x64)'
const lone = '![gen: a lone hen](size=64x64)'
const body = `\n# Page\n\nAn opening. ${hero}\n\nMore.\n`
const post = (title: string): string => `---\ntitle: ${title}\ncover: 'gen: a cover'\n---\n${body}`

let project: TestProject
let pictures: Pictures
beforeAll(async () => {
  project = makeProject({
    'posts/fox.md': post('Fox'),
    'posts/owl.md': post('Owl').replace('An opening', 'A beginning'),
    'posts/hen.md': `${lone}\n`,
    'imprompt.config.ts': `import { sketch } from '@imprompt/core'
export default {
  provider: sketch(),
  styles: { plate: '{prompt}, for {title}' },
  output: { widths: [64], formats: ['webp'] },
}`,
  })
  expect((await runCli(project.root, ['generate'])).code).toBe(0)
  const assets = { dir: project.path('out'), base: '/p/' }
  pictures = await openPictures({ root: project.root, assets })
})
afterAll(() => project[Symbol.dispose]())

const shownIn = (text: string): readonly string[] =>
  [...text.matchAll(/src="([^"]+)"/g)].map(([, url = '']) => url)

describe('pictures for a compiler that cannot wait', () => {
  test('differ by the page that a template speaks of', () => {
    const fox = pictures.rewriteNow(post('Fox'), 'posts/fox.md')
    const owl = pictures.rewriteNow(
      post('Owl').replace('An opening', 'A beginning'),
      project.path('posts/owl.md'),
    )
    expect(shownIn(fox)).toHaveLength(1)
    expect(shownIn(owl)).not.toEqual(shownIn(fox))
    expect(fox).toMatch(/^---\ntitle: Fox\ncover: '?\/p\/a-cover-\d+-\w+\.jpg'?\n---\n/)
  })

  test.for([
    ['the whole text of a file', post('Fox')],
    ['a text without its front matter', body],
    ['a part of one', `An opening. ${hero}\n`],
  ] as const)('are those of the file where %s comes without a path', ([, text]) => {
    const [fox] = shownIn(pictures.rewriteNow(post('Fox'), 'posts/fox.md'))
    expect(shownIn(pictures.rewriteNow(text, 'markdown'))).toEqual([fox])
  })

  test('are found by a path in whatever way that is written', () => {
    const [fox] = shownIn(pictures.rewriteNow(post('Fox'), 'posts/fox.md'))
    expect(shownIn(pictures.rewriteNow(body, './posts/fox.md'))).toEqual([fox])
  })

  test('are JSX where that is asked for, whatever the name of the file', () => {
    expect(pictures.rewriteNow(body, 'posts/fox.md', 'jsx')).toContain('srcSet={"/p/the-hero-')
  })

  test('are found by their text in a file that includes another', () => {
    const [fox] = shownIn(pictures.rewriteNow(lone, 'posts/fox.md'))
    expect(fox).toMatch(/^\/p\/a-lone-hen-/)
    expect(shownIn(pictures.rewriteNow(`Included: ${lone}`, 'posts/page.md'))).toEqual([fox])
  })

  test('are an error where the same text asks for others elsewhere', () => {
    expect(() => pictures.rewriteNow(`Included: ${hero}`, 'posts/page.md')).toThrow(
      /^posts\/page\.md:1:11 {2}The same words ask for different pictures/,
    )
  })

  test('keep their fingerprint until a page would show something else', async () => {
    const assets = { dir: project.path('out'), base: '/p/' }
    const open = (base: string): Promise<Pictures> =>
      openPictures({ root: project.root, assets: { ...assets, base } })
    expect((await open('/p/')).fingerprint()).toBe(pictures.fingerprint())
    expect((await open('/q/')).fingerprint()).not.toBe(pictures.fingerprint())
    project.write({ 'posts/hen.md': `${lone}\n\n${lone.replace('64x64', '32x32')}\n` })
    expect((await runCli(project.root, ['generate'])).code).toBe(0)
    expect((await open('/p/')).fingerprint()).not.toBe(pictures.fingerprint())
  })

  test('are an error where nobody has scanned them', () => {
    expect(() => pictures.rewriteNow('![gen: an unknown one](size=64x64)', 'posts/fox.md')).toThrow(
      /^posts\/fox\.md:1:1 {2}No picture was planned/,
    )
  })
})

describe('pictures for a compiler that waits', () => {
  test('are those of their page where its front matter was cut off', async () => {
    const [fox] = shownIn(pictures.rewriteNow(post('Fox'), 'posts/fox.md'))
    expect(shownIn(await pictures.rewrite(body, 'posts/fox.md'))).toEqual([fox])
  })
})

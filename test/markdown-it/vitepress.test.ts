import { withImprompt } from 'markdown-it-imprompt/vitepress'
import imprompt from 'vite-plugin-imprompt'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withPicturesInData } from '../../packages/markdown-it/src/vitepress-data.ts'
import { leaveBaseToTheme } from '../../packages/markdown-it/src/vitepress-home.ts'
import { withWordsOfPictures } from '../../packages/markdown-it/src/vitepress-search.ts'
import { type TestProject, makeProject } from '../support/project.ts'
import { runCli } from '../support/run-cli.ts'

const post = `---
title: Fox
cover: { gen: a cover, style: plate, size: 64x64 }
---

![gen: a fox](size=64x64)
`

const photo = '{ gen: a photo, style: plate, size: 64x64 }'

let project: TestProject
beforeAll(async () => {
  project = makeProject({
    'docs/posts/fox.md': post,
    'docs/posts/owl.md': `---\ntitle: Owl\nphoto: ${photo}\n---\n`,
    'docs/posts/index.md': `---\ntitle: All\nphoto: ${photo}\n---\n`,
    'imprompt.config.ts': `import { sketch } from '@imprompt/core'
export default { provider: sketch(), styles: { plate: '{prompt}, for {title}' } }`,
  })
  expect((await runCli(project.root, ['generate'])).code).toBe(0)
})
afterAll(() => project[Symbol.dispose]())

/** What the module of a data loader becomes that has loaded this. */
async function dataShown(data: unknown, command: Command = 'build'): Promise<unknown> {
  const { api } = imprompt()
  await api.open({
    root: project.root,
    command,
    envMode: 'production',
    base: '/p/',
    assetsDir: '',
    outDir: project.path('out'),
    publicDir: project.path('public'),
    log: { info: () => {}, warn: () => {} },
  })
  const rewrites = { 'eule.md': 'posts/owl.md' }
  const stage = { pictures: await api.pictures(), pages: project.path('docs'), rewrites }
  const module = (value: unknown): string =>
    `export const data = JSON.parse(${JSON.stringify(JSON.stringify(value))})`
  const code = withPicturesInData(module(data), stage)
  const [, literal = '""'] = /^export const data = JSON\.parse\((".*")\)$/s.exec(code ?? '') ?? []
  api.close()
  return code === undefined ? undefined : JSON.parse(JSON.parse(literal))
}

type Command = 'build' | 'dev'
const commands: readonly Command[] = ['build', 'dev']

const cover = { gen: 'a cover', style: 'plate', size: '64x64' }
const address = expect.stringMatching(/^\/p\/a-cover-64-\w+\.jpg$/)

describe('data that a loader of VitePress has read', () => {
  test.for([
    ['pages', [{ url: '/posts/fox', frontmatter: { title: 'Fox', cover } }], 0],
    ['fields of pages', [{ title: 'Fox', cover }], 0],
    ['what is made of pages', { fox: { title: 'Fox', cover } }, 'fox'],
  ] as const)('holds addresses in %s', async ([, data, at]) => {
    const shown = await dataShown(data)
    const one: unknown = typeof shown === 'object' && shown !== null ? Reflect.get(shown, at) : 0
    expect(JSON.stringify(one)).not.toContain('gen')
    expect(one).toMatchObject(
      'frontmatter' in Object(one) ? { frontmatter: { cover: address } } : { cover: address },
    )
  })

  test('holds pictures in the text of a page', async () => {
    expect(
      await dataShown([{ url: '/posts/fox.html', src: post, frontmatter: { title: 'Fox' } }]),
    ).toEqual([expect.objectContaining({ src: expect.stringContaining('<picture>') })])
  })

  test('holds pictures in the text of a page by any name, and in no other text', async () => {
    const other = 'The text `![gen: a fox](size=64x64)` in an article'
    expect(await dataShown([{ url: '/posts/fox', text: post, other }])).toEqual([
      { url: '/posts/fox', text: expect.stringContaining('<picture>'), other },
    ])
  })

  test.for(commands)('names the picture of each page whose `url` is beside it: %s', async (one) => {
    const own = { gen: 'a photo', style: 'plate', size: '64x64' }
    const urls = ['/eule.html', '/posts/']
    const fields = urls.map((url) => ({ url, image: { of: [own] } }))
    const pages = urls.map((url) => ({ url, frontmatter: { photo: own } }))
    const text = JSON.stringify([
      await dataShown([fields[0]], one),
      await dataShown([fields[1]], one),
    ])
    const [owl, all, ...others] = text.match(/[^"]*\.(?:jpg|webp|svg)/g) ?? []
    expect(others).toEqual([])
    expect(new Set([owl, all]).size).toBe(2)
    expect(await dataShown(fields, one)).toEqual([
      { url: urls[0], image: { of: [owl] } },
      { url: urls[1], image: { of: [all] } },
    ])
    expect(await dataShown(pages, one)).toEqual([
      { url: urls[0], frontmatter: { photo: owl } },
      { url: urls[1], frontmatter: { photo: all } },
    ])
    // Nobody knows whose it is without one.
    expect(await dataShown([{ image: own }], one)).toEqual([{ image: own }])
  })

  test.for(commands)(
    'stays as it is where it says `gen` and means something else: %s',
    async (one) => {
      const other = [
        { title: 'gen: a title' },
        { gen: 'x', lines: ['gen: 2'] },
        'gen: ',
        { gen: 1 },
      ]
      expect(await dataShown(other, one)).toEqual(other)
      expect(await dataShown([{ title: 'Fox' }], one)).toBeUndefined()
    },
  )
})

describe('a page of VitePress', () => {
  test('leaves the base of pictures that its theme shows to the theme', () => {
    const ours = '/blog/assets/a-fox-64-0123456789.jpg'
    const served = '/blog/@imprompt/0123456789ab.webp'
    const frontmatter = {
      cover: ours,
      hero: { image: { light: { src: ours }, dark: served } },
      features: [{ icon: { src: served } }, { icon: '🦊' }, { icon: { src: '/blog/own.png' } }],
    }
    const file = { fileName: 'a-fox.jpg', bytes: async () => Buffer.of() }
    const fileAt = (shown: string): typeof file | undefined =>
      [ours, served].includes(shown) ? file : undefined
    leaveBaseToTheme(frontmatter, { base: '/blog/', fileAt })
    expect(frontmatter).toEqual({
      cover: ours,
      hero: {
        image: {
          light: { src: '/assets/a-fox-64-0123456789.jpg' },
          dark: '/@imprompt/0123456789ab.webp',
        },
      },
      features: [
        { icon: { src: '/@imprompt/0123456789ab.webp' } },
        { icon: '🦊' },
        { icon: { src: '/blog/own.png' } },
      ],
    })
  })
})

describe('the configuration of VitePress', () => {
  test('keeps what its author does with the data of pages', () => {
    const { transformPageData } = withImprompt({
      transformPageData: (page: object, _context: object) => ({ seen: Object.keys(page) }),
    })
    const context = { siteConfig: { site: { base: '/blog/' } } }
    expect(transformPageData({ frontmatter: {} }, context)).toEqual({ seen: ['frontmatter'] })
  })

  test('keeps what its author wrote', () => {
    const own = { name: 'own' }
    const called: unknown[] = []
    const config = withImprompt({
      title: 'Docs',
      vite: { plugins: [own], define: { __A__: '1' } },
      markdown: { lineNumbers: true, config: (md: unknown) => void called.push(md) },
    })
    expect(config).toMatchObject({ title: 'Docs', vite: { define: { __A__: '1' } } })
    const names = config.vite.plugins.map(({ name }) => name)
    expect(names).toEqual(['imprompt', 'imprompt:vitepress', 'own'])
    const md = { options: {}, core: { ruler: { before: () => {} } } }
    config.markdown.config(md)
    expect(called).toEqual([md])
  })

  test.for([
    [undefined],
    ['kept'],
    [{ search: { provider: 'algolia', options: { appId: 'a' } } }],
  ] as const)('leaves a search alone that is not local: %o', ([themeConfig]) => {
    expect(withWordsOfPictures(themeConfig)).toBe(themeConfig)
  })

  test.for([
    ['as VitePress does', undefined, { frontmatter: { search: true } }, 'html of words'],
    ['not where a page opts out', undefined, { frontmatter: { search: false } }, ''],
    ['as its author says', () => 'own', {}, 'own'],
  ] as const)('renders for the index %s', async ([, _render, env, html]) => {
    const theme = { search: { provider: 'local', options: { _render, detailedView: true } } }
    const { search }: { search?: { options?: object } } = Object(withWordsOfPictures(theme))
    const render: unknown = Reflect.get(Object(search?.options), '_render')
    const md = {
      render: (source: string, at: object) =>
        `html of ${Reflect.get(at, 'imprompt') === 'text' ? source : ''}`,
    }
    expect(search?.options).toMatchObject({ detailedView: true })
    expect(
      typeof render === 'function' &&
        (await Reflect.apply(render, undefined, ['words', { ...env }, md])),
    ).toBe(html)
  })
})

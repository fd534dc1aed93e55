import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import rehypeStringify from 'rehype-stringify'
import remarkFrontmatter from 'remark-frontmatter'
import remarkImprompt, { type Options } from 'remark-imprompt'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import remarkStringify from 'remark-stringify'
import { unified } from 'unified'
import { VFile } from 'vfile'
import { matter } from 'vfile-matter'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type OpenAiDouble, startOpenAi } from '../support/openai-server.ts'
import { credentials, makeProject, type TestProject } from '../support/project.ts'
import { runCli } from '../support/run-cli.ts'

const post = `---
title: A walk # kept
cover: { gen: a lighthouse, size: 512x256, quality: low }
images:
  - 'gen: a small boat'
---

![gen: a red fox](size=512x512, quality=low, style=titled)
`

let openAi: OpenAiDouble
let project: TestProject
beforeEach(async () => {
  openAi = await startOpenAi()
  project = makeProject({
    'imprompt.config.ts': `export default { quality: 'low', size: '512x512', styles: { titled: '{title}: {prompt}' } }`,
    'posts/a.md': post,
    '.env.local': credentials(openAi.url),
  })
  expect((await runCli(project.root, ['generate'])).code).toBe(0)
  expect(openAi.billed).toHaveLength(3)
})
afterEach(async () => {
  expect(openAi.requests).toBe(openAi.billed.length)
  project[Symbol.dispose]()
  await openAi[Symbol.asyncDispose]()
})

const fileOf = (source: string): VFile =>
  new VFile({ value: source, path: project.path('posts/a.md'), cwd: project.root })

const optionsOf = (more: Partial<Options> = {}): Options => ({
  root: project.root,
  assets: { dir: project.path('out'), base: '/pictures/' },
  ...more,
})

const render = (file: VFile, more: Partial<Options> = {}): Promise<VFile> =>
  unified()
    .use(remarkParse)
    .use(remarkFrontmatter, ['yaml', 'toml'])
    .use(remarkImprompt, optionsOf(more))
    .use(remarkRehype)
    .use(rehypeStringify)
    .process(file)

describe('the remark plugin and front matter', () => {
  test('puts addresses into the node of the front matter, and leaves the rest alone', async () => {
    const output = await unified()
      .use(remarkParse)
      .use(remarkFrontmatter)
      .use(remarkImprompt, optionsOf())
      .use(remarkStringify)
      .process(fileOf(post))
    const text = String(output)
    expect(text).toContain('---\ntitle: A walk # kept\ncover: "/pictures/')
    expect(text).toMatch(/images:\n {2}- '\/pictures\/[^']+\.jpg'\n---/)
    for (const [, url = ''] of text.matchAll(/["'](\/pictures\/[^"']+)["']/g))
      expect(existsSync(project.path(`out/${basename(url)}`))).toBe(true)
  })

  test('puts addresses into the data that vfile-matter has read', async () => {
    const file = fileOf(post)
    matter(file)
    const output = await render(file)
    expect(output.data['matter']).toEqual({
      title: 'A walk',
      cover: expect.stringMatching(/^\/pictures\/a-lighthouse-512-.*\.jpg$/),
      images: [expect.stringMatching(/^\/pictures\/a-small-boat-512-.*\.jpg$/)],
    })
    expect(String(output)).toContain('alt="a red fox"')
  })

  test('puts addresses into the data of front matter that was cut off the file', async () => {
    const file = fileOf(post)
    matter(file, { strip: true })
    expect(String(file)).not.toContain('cover')
    const output = await render(file)
    expect(output.data['matter']).toMatchObject({
      cover: expect.stringMatching(/^\/pictures\/a-lighthouse/),
    })
    // Its style is filled with the title.
    expect(String(output)).toContain('alt="a red fox"')
  })

  test('fills styles from where Astro keeps the front matter that it cut off', async () => {
    const file = fileOf('![gen: a red fox](size=512x512, quality=low, style=titled)\n')
    file.data['astro'] = {
      frontmatter: {
        title: 'A walk',
        cover: { gen: 'a lighthouse', size: '512x256', quality: 'low' },
      },
    }
    const output = await render(file)
    expect(String(output)).toContain('alt="a red fox"')
    expect(output.data['astro']).toEqual({
      frontmatter: { title: 'A walk', cover: expect.stringMatching(/^\/pictures\/a-lighthouse/) },
    })
  })

  test('puts addresses where Astro keeps its front matter', async () => {
    const file = fileOf(post)
    file.data['astro'] = {
      frontmatter: { cover: { gen: 'a lighthouse', size: '512x256', quality: 'low' } },
    }
    const output = await render(file)
    expect(output.data['astro']).toEqual({
      frontmatter: { cover: expect.stringMatching(/^\/pictures\/a-lighthouse/) },
    })
  })

  test('fails on a missing picture of the front matter, at its place', async () => {
    await expect(render(fileOf(post.replace('lighthouse', 'windmill')))).rejects.toMatchObject({
      line: 3,
      column: 8,
      ruleId: 'images-missing',
    })
  })

  test('makes a plain image of an absolute address where the options ask for it', async () => {
    const assets = { dir: project.path('out'), base: 'https://example.com/pictures/' }
    const output = String(await render(fileOf(post), { assets, markup: 'img' }))
    expect(output).toMatch(
      /^<p><img src="https:\/\/example\.com\/pictures\/a-red-fox-512-\w+\.jpg" width="512" height="512" alt="a red fox" data-digital-source-type="trainedAlgorithmicMedia"><\/p>$/,
    )
  })
})

describe('the messages of the remark plugin', () => {
  test('say what was expected, show the line, and link to their documentation', async () => {
    const file = fileOf('![gen: a red fox](sise=1x1)\n')
    await expect(render(file)).rejects.toMatchObject({ ruleId: 'authoring-problems', line: 1 })
    expect(file.messages).toMatchObject([
      {
        ruleId: 'attribute-unknown',
        line: 1,
        column: 19,
        expected: ['size'],
        note: '1 | ![gen: a red fox](sise=1x1)\n  |                   ^',
        url: expect.stringContaining('#attribute-unknown'),
      },
      { ruleId: 'authoring-problems', fatal: true },
    ])
  })

  test('tell what was begun and not finished', async () => {
    await expect(render(fileOf('Text ![gen: a red fox\n'))).rejects.toMatchObject({ column: 6 })
  })

  test('warn of doubts, and let the file pass', async () => {
    const output = await render(fileOf(post))
    expect(output.messages).toMatchObject([{ ruleId: 'alt-missing', line: 8 }])
    expect(output.messages.some(({ fatal }) => fatal === true)).toBe(false)
  })
})

describe('a picture that is used again', () => {
  test('is found in the rest of the project', async () => {
    project.write({
      'posts/b.md': '![gen: a lighthouse](name=light, size=512x256, quality=low)\n',
    })
    const output = String(await render(fileOf('![gen: un phare](use=light)\n')))
    expect(output).toContain('alt="un phare"')
    expect(output).toContain('/pictures/light-512-')
  })
})

describe('a variation', () => {
  test('is known by the picture that it varies, which stands in the rest of the project', async () => {
    const night = '![gen: by night](vary=light, alt="Night")\n'
    project.write({
      'posts/b.md': '![gen: a lighthouse](name=light, size=512x256, quality=low)\n',
      'posts/c.md': night,
    })
    expect((await runCli(project.root, ['generate'])).code).toBe(0)
    // The lighthouse was bought for another notation before.
    expect(openAi.billed).toHaveLength(4)
    const output = String(await render(fileOf(night)))
    expect(output).toContain('alt="Night"')
    expect(output).toContain('width="512"')
  })
})

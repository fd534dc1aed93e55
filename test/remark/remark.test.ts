import { existsSync, readdirSync } from 'node:fs'
import { basename } from 'node:path'
import rehypeStringify from 'rehype-stringify'
import remarkGfm from 'remark-gfm'
import remarkImprompt from 'remark-imprompt'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import remarkStringify from 'remark-stringify'
import { unified } from 'unified'
import { VFile } from 'vfile'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type OpenAiDouble, startOpenAi } from '../support/openai-server.ts'
import { credentials, makeProject, type TestProject } from '../support/project.ts'
import { runCli } from '../support/run-cli.ts'

const post = `| a | b |
| - | - |
| ![gen: a red fox](size=512x512, quality=low) | x |

> quoted ![gen: an "owl" <b> & {x}](size=512x512,
> quality=low, alt="An \\"owl\\" & <b>")
`

let openAi: OpenAiDouble
let project: TestProject
beforeEach(async () => {
  openAi = await startOpenAi()
  project = makeProject({ 'posts/a.md': post, '.env.local': credentials(openAi.url) })
})
afterEach(async () => {
  project[Symbol.dispose]()
  await openAi[Symbol.asyncDispose]()
})

async function render(source = post): Promise<VFile> {
  const assets = { dir: project.path('out/pictures'), base: '/pictures/' }
  return unified()
    .use(remarkParse)
    .use(remarkGfm)
    .use(remarkImprompt, { root: project.root, assets })
    .use(remarkRehype)
    .use(rehypeStringify)
    .process(new VFile({ value: source, path: project.path('posts/a.md'), cwd: project.root }))
}

describe('the remark plugin', () => {
  test('shows what the command line bought, and buys nothing', async () => {
    expect((await runCli(project.root, ['generate'])).code).toBe(0)
    expect(openAi.billed).toHaveLength(2)
    const html = String(await render())
    expect(html.match(/<picture>/g)).toHaveLength(2)
    expect(html).toContain('alt="a red fox"')
    expect(html).toContain('alt="An &#x22;owl&#x22; &#x26; <b>"')
    expect(html).not.toContain('gen:')
    const files = readdirSync(project.path('out/pictures'))
    for (const [, url = ''] of html.matchAll(/(\/pictures\/[^ ",]+)/g))
      expect(files).toContain(basename(url))
    expect(openAi.requests).toBe(2)
  })

  test('writes the files of pages that are compiled side by side', async () => {
    expect((await runCli(project.root, ['generate'])).code).toBe(0)
    const pages = await Promise.all(Array.from({ length: 8 }, () => render()))
    expect(new Set(pages.map(String)).size).toBe(1)
    expect(readdirSync(project.path('out/pictures')).filter((name) => /tmp/.test(name))).toEqual([])
  })

  test('fails on a missing picture, with its place and the way out', async () => {
    await expect(render()).rejects.toMatchObject({
      fatal: true,
      line: 3,
      column: 3,
      source: 'imprompt',
      ruleId: 'images-missing',
      message: expect.stringContaining('imprompt generate'),
    })
    expect(openAi.requests).toBe(0)
    expect(existsSync(project.path('out'))).toBe(false)
  })

  test.for([undefined, {}, { assets: { dir: 'out' } }, { assets: { dir: 'out', base: '/p' } }])(
    'refuses %j for its options',
    (options) => {
      const plugin: unknown = remarkImprompt
      if (typeof plugin !== 'function') throw new Error('expected a plugin')
      expect(() => Reflect.apply(plugin, unified(), [options])).toThrow('remark-imprompt')
    },
  )

  test('tells a problem at its place', async () => {
    await expect(render('Text\n\n![gen: a fox](sise=1x1)\n')).rejects.toMatchObject({
      line: 3,
      column: 15,
      ruleId: 'authoring-problems',
    })
  })

  test('leaves Markdown without a directive as it was', async () => {
    const html = String(await render('![an image](a.png "title") and `![gen: code](size=1x1)`\n'))
    expect(html).toBe(
      '<p><img src="a.png" alt="an image" title="title"> and <code>![gen: code](size=1x1)</code></p>',
    )
  })

  test('writes a directive as it was written', async () => {
    const assets = { dir: project.path('out'), base: '/' }
    const processor = unified()
      .use(remarkParse)
      .use(remarkImprompt, { root: project.root, assets })
      .use(remarkStringify)
    const source = '![gen: a *red* \\[fox\\]](size=1536x1024, alt="A fox, red")\n'
    expect(processor.stringify(processor.parse(source))).toBe(source)
  })
})

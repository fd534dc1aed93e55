import { openPictures } from '@imprompt/core'
import MarkdownIt from 'markdown-it'
import markdownItImprompt from 'markdown-it-imprompt'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestProject, makeProject } from '../support/project.ts'
import { runCli } from '../support/run-cli.ts'

const post = `# A *fox*

| a |
| - |
| ![gen: a fox \\| an owl](size=64x64) |

[![gen: linked, with "quotes" and {braces}](size=64x64, title="A *title*")](/there)

\`![gen: not a picture](size=64x64)\` and \\![gen: neither](size=64x64, quality=low)
`

let project: TestProject
let open: () => ReturnType<typeof openPictures>
beforeAll(async () => {
  project = makeProject({
    'posts/fox.md': post,
    'imprompt.config.ts': `import { sketch } from '@imprompt/core'
export default { provider: sketch(), output: { widths: [64], formats: ['webp'], placeholder: 'none' } }`,
  })
  expect((await runCli(project.root, ['generate'])).code).toBe(0)
  const assets = { dir: project.path('out'), base: '/p/' }
  open = () => openPictures({ root: project.root, assets })
})
afterAll(() => project[Symbol.dispose]())

describe('markdown-it', () => {
  test('that lets HTML through shows whole pictures, with or without the path of the file', async () => {
    const md = MarkdownIt({ html: true, linkify: true, typographer: true })
    md.use(markdownItImprompt, await open())
    const html = md.render(post, { path: project.path('posts/fox.md') })
    expect(html.match(/<picture>/g)).toHaveLength(2)
    expect(html).toContain('<td><picture>')
    expect(html).toContain('<a href="/there"><picture>')
    expect(html).toContain('alt="a fox &#124; an owl"')
    expect(html).toContain('<code>![gen: not a picture](size=64x64)</code> and ![gen: neither]')
    expect(md.render(post)).toBe(html)
  })

  test('that does not shows images of Markdown', async () => {
    const md = MarkdownIt({ typographer: true, quotes: '„“‚‘' })
    md.use(markdownItImprompt, await open())
    const html = md.render(post, { path: 'posts/fox.md' })
    expect(html).not.toContain('picture>')
    expect(html).toMatch(
      /<td><img src="\/p\/a-fox-an-owl-64-\w+\.jpg" alt="a fox \| an owl"><\/td>/,
    )
    expect(html).toContain('alt="linked, with &quot;quotes&quot; and {braces}" title="A *title*"')
  })

  test.for([
    ['img', /<img src="\/p\/a-fox-an-owl-64-\w+\.jpg" width="64" height="64"/],
    ['text', /<td>a fox \| an owl<\/td>/],
  ] as const)('shows the form %s where its environment asks for it', async ([imprompt, form]) => {
    const md = MarkdownIt({ html: true })
    md.use(markdownItImprompt, await open())
    expect(md.render(post, { path: 'posts/fox.md', imprompt })).toMatch(form)
  })

  test('fails on a picture that nobody has bought, and buys none', async () => {
    const md = MarkdownIt()
    md.use(markdownItImprompt, await open())
    const text = 'One ![gen: a new fox](size=64x64)'
    expect(() => md.render(text, { path: 'posts/new.md' })).toThrow(
      expect.objectContaining({
        code: 'PICTURE_NOT_PLANNED',
        message: expect.stringMatching(/^posts\/new\.md:1:5 /),
      }),
    )
    project.write({ 'posts/new.md': text })
    await expect(open()).rejects.toMatchObject({
      code: 'IMAGES_MISSING',
      message: expect.stringContaining('imprompt generate'),
    })
  })
})

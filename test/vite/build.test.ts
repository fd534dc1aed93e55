import { existsSync, readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from 'playwright-core'
import { build } from 'vite'
import imprompt from 'vite-plugin-imprompt'
import { openBrowser } from '../support/browser.ts'
import { type OpenAiDouble, startOpenAi } from '../support/openai-server.ts'
import { credentials, makeProject } from '../support/project.ts'
import { serveFolder } from '../support/static-server.ts'

const post = `# A post

![gen: a lighthouse at dusk, gouache](size=1536x1024, quality=high)

Text between.

![gen: a red fox](size=512x512)
`

const site = {
  'index.html':
    '<!doctype html><html lang="en"><title>Post</title><main></main><script type="module" src="/main.js"></script>',
  'main.js': `import { micromark } from 'micromark'
import post from './post.md?raw'
document.querySelector('main').innerHTML = micromark(post, { allowDangerousHtml: true })
`,
  'post.md': post,
}

let browser: Browser
let openAi: OpenAiDouble
beforeAll(async () => {
  browser = await openBrowser()
  openAi = await startOpenAi()
})
afterAll(async () => {
  await browser.close()
  await openAi[Symbol.asyncDispose]()
})

describe('a build of Markdown with directives', () => {
  test.for(['/', '/blog/', './'])('shows its pictures under base %s', async (base) => {
    using project = makeProject({ ...site, '.env.local': credentials(openAi.url) })
    const before = openAi.billed.length
    await build({ root: project.root, base, logLevel: 'silent', plugins: [imprompt()] })
    expect(openAi.billed.length - before).toBe(2)
    await build({ root: project.root, base, logLevel: 'silent', plugins: [imprompt()] })
    expect(openAi.billed.length - before).toBe(2)
    await using server = await serveFolder(project.path('dist'), base === './' ? '/deep/er/' : base)
    const page = await browser.newPage()
    await page.goto(server.url)
    await page.locator('img').nth(1).scrollIntoViewIfNeeded()
    const images = await page.locator('img').evaluateAll((all: HTMLImageElement[]) =>
      Promise.all(
        all.map(async (image) => {
          await image.decode()
          return {
            source: image.currentSrc,
            alt: image.alt,
            width: image.width,
            natural: image.naturalWidth,
          }
        }),
      ),
    )
    expect(images.map(({ alt }) => alt)).toEqual(['a lighthouse at dusk, gouache', 'a red fox'])
    for (const { source, natural } of images) {
      expect(source).toMatch(/\.avif$/)
      expect(natural).toBeGreaterThan(0)
    }
    await page.close()
    expect(existsSync(project.path('.imprompt/report.json'))).toBe(true)
    expect(readdirSync(project.path('dist'), { recursive: true }).join()).not.toContain('report')
  })
})

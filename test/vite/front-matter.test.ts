import { readFileSync, readdirSync } from 'node:fs'
import { type InlineConfig, type Plugin, build } from 'vite'
import imprompt from 'vite-plugin-imprompt'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type OpenAiDouble, startOpenAi } from '../support/openai-server.ts'
import { type TestProject, credentials, makeProject } from '../support/project.ts'
import { rawSite } from '../support/sites.ts'

const post = `---
title: "A walk" # kept
cover: { gen: a lighthouse, size: 1200x630, quality: low }
thumb: 'gen: a small boat'
---

# A walk

![gen: a red fox](size=512x512, quality=low)
`

let openAi: OpenAiDouble
let project: TestProject
beforeEach(async () => {
  openAi = await startOpenAi()
  project = makeProject({
    '.env.local': credentials(openAi.url),
    'imprompt.config.ts': `export default { site: 'https://example.com', quality: 'low' }`,
    ...rawSite,
    'post.md': post,
  })
})
afterEach(async () => {
  project[Symbol.dispose]()
  await openAi[Symbol.asyncDispose]()
})

async function buildSite(config: InlineConfig = {}): Promise<string> {
  await build({
    root: project.root,
    logLevel: 'silent',
    plugins: [imprompt()],
    ...config,
    build: { minify: false, ...config.build },
  })
  const folder = project.path('dist/assets')
  const scripts = readdirSync(folder).filter((name) => name.endsWith('.js'))
  return scripts.map((name) => readFileSync(`${folder}/${name}`, 'utf8')).join('\n')
}

/** The Markdown that a page imports, as the built script holds it. */
function markdownIn(script: string): string {
  const [, literal = '""'] = /(?:=|default) ("---\\n(?:[^"\\]|\\.)*")/.exec(script) ?? []
  const markdown: string = JSON.parse(literal)
  return markdown
}

describe('front matter in a build', () => {
  test.for(['/', '/blog/'])('holds the address of its pictures under base %s', async (base) => {
    const markdown = markdownIn(await buildSite({ base }))
    const files = readdirSync(project.path('dist/assets'))
    const [, cover = ''] = /^cover: "(.*)"$/m.exec(markdown) ?? []
    const [, thumb = ''] = /^thumb: '(.*)'$/m.exec(markdown) ?? []
    for (const url of [cover, thumb]) {
      expect(url.startsWith(`${base}assets/`), url).toBe(true)
      expect(files).toContain(url.slice(`${base}assets/`.length))
      expect(url).toMatch(/\.jpg$/)
    }
    expect(markdown).toContain('title: "A walk" # kept\n')
    expect(markdown).not.toContain('gen:')
    // An address wants one file, the picture of the text one for each encoding and width.
    expect(files.filter((name) => name.startsWith('a-lighthouse'))).toHaveLength(1)
    expect(files.filter((name) => name.startsWith('a-red-fox')).length).toBeGreaterThan(2)
    expect(openAi.billed.map(({ prompt }) => prompt).toSorted()).toEqual([
      'a lighthouse',
      'a red fox',
      'a small boat',
    ])
  })

  test('buys what the text has bought already no second time', async () => {
    project.write({
      'post.md':
        '---\ncover: { gen: "a *red* fox", size: 512x512 }\n---\n\n![gen: a _red_ fox](size=512x512)\n',
    })
    await buildSite()
    expect(openAi.billed).toHaveLength(1)
  })

  test('of TOML is edited in its place', async () => {
    project.write({
      'post.md':
        '+++\ntitle = "A" # kept\n[cover]\ngen = "a lighthouse"\nsize = "512x512"\n+++\n\n# A\n',
    })
    const script = await buildSite()
    expect(script).toMatch(/title = \\"A\\" # kept\\n/)
    expect(script).toMatch(/cover = \\"\/assets\/a-lighthouse-512-[\w-]+\.jpg\\"/)
    expect(openAi.billed).toHaveLength(1)
  })
})

const feedSite = {
  ...rawSite,
  'main.js': `import feed from './post.md?raw&markup=img'\nimport page from './post.md?raw'\ndocument.body.textContent = feed + page\n`,
}

describe('a feed', () => {
  test.for(['/', '/blog/'])(
    'has plain images of absolute addresses under base %s',
    async (base) => {
      project.write(feedSite)
      const script = await buildSite({ base })
      const [image = ''] = /<img src=[^>]*>/.exec(script) ?? []
      expect(image.replaceAll('\\"', '"').replace(/-[\w-]{8}\.jpg/, '-HASH.jpg')).toBe(
        `<img src="https://example.com${base}assets/a-red-fox-512-HASH.jpg" width="512" height="512" alt="a red fox" data-digital-source-type="trainedAlgorithmicMedia" />`,
      )
      expect(script).toContain(`cover: \\"https://example.com${base}assets/`)
      expect(script).toContain('<picture>')
      expect(openAi.billed).toHaveLength(3)
    },
  )

  test('has its addresses from an absolute base alone', async () => {
    project.write(feedSite)
    const script = await buildSite({ base: 'https://cdn.example.com/' })
    expect(script).toContain('<img src=\\"https://cdn.example.com/assets/')
  })

  test.for([
    ['no site', `export default { quality: 'low' }`, '/', "site: 'https://example.com'"],
    ['a relative base', `export default { site: 'https://example.com' }`, './', 'set `base`'],
  ] as const)('says with %s what it needs', async ([, config, base, wayOut]) => {
    project.write({ ...feedSite, 'imprompt.config.ts': config })
    await expect(buildSite({ base })).rejects.toThrow(wayOut)
  })
})

/** A plugin that compiles Markdown before anybody else sees it. */
const greedy: Plugin = {
  name: 'greedy-markdown',
  enforce: 'pre',
  load: {
    order: 'pre',
    filter: { id: /\.md\?raw$/ },
    handler: (id) =>
      `export default ${JSON.stringify(readFileSync(id.replace('?raw', ''), 'utf8'))}`,
  },
}

describe('a directive that is left over', () => {
  test('fails the build, and names the file and the order of plugins', async () => {
    await expect(buildSite({ plugins: [greedy, imprompt()] })).rejects.toThrow(
      /assets\/index-[\w-]+\.js {2}the directive of post\.md:9:1[^]*No transform of imprompt saw `post\.md`: the plugins before it compiled or read the file first \(`greedy-markdown`\)\. Put `imprompt\(\)` first/,
    )
    expect(openAi.billed).toHaveLength(3)
  })

  test('is told where a plugin has made a script of the file', async () => {
    const compiler: Plugin = {
      name: 'early-compiler',
      enforce: 'pre',
      transform: {
        order: 'pre',
        filter: { id: /post\.md$/ },
        handler: (code) => `export default ${JSON.stringify(code)}`,
      },
    }
    project.write({ 'main.js': `import post from './post.md'\ndocument.title = post\n` })
    await expect(buildSite({ plugins: [compiler, imprompt()] })).rejects.toThrow(
      /No transform of imprompt saw `post\.md`[^]*\(`early-compiler`\)/,
    )
  })

  test('is told of in front matter as well', async () => {
    await expect(buildSite({ plugins: [greedy, imprompt()] })).rejects.toThrow(
      'the directive of post.md:3:8',
    )
  })

  test('is told where something reads a file by itself', async () => {
    const index: Plugin = {
      name: 'search-index',
      generateBundle() {
        this.emitFile({ type: 'asset', fileName: 'search.json', source: JSON.stringify(post) })
      },
    }
    await expect(buildSite({ plugins: [imprompt(), index] })).rejects.toThrow(
      /search\.json[^]*something else reads the file by itself/,
    )
  })

  test.for(['warn', 'off'])('is let through where the configuration says `%s`', async (level) => {
    project.write({
      'imprompt.config.ts': `export default { leftOvers: '${level}', quality: 'low' }`,
    })
    const script = await buildSite({ plugins: [greedy, imprompt()] })
    expect(script).toContain('![gen: a red fox]')
  })

  test('is none where a page shows the notation', async () => {
    project.write({
      'post.md': `${post}\nWritten as \`![gen: a red fox](…)\`, or \\![gen: so]().\n`,
    })
    expect(await buildSite()).toContain('`![gen: a red fox](…)`')
  })
})

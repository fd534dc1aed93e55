import { type Plugin, build, createServer } from 'vite'
import imprompt from 'vite-plugin-imprompt'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type TestProject, makeProject } from '../support/project.ts'
import { rawSite } from '../support/sites.ts'

const slow = { timeout: 20_000, interval: 500 }

let project: TestProject
beforeEach(() => {
  project = makeProject({
    ...rawSite,
    'post.md': '![gen: a red fox](size=64x64)\n',
    'imprompt.config.ts': `import { sketch } from '@imprompt/core'
export default { provider: sketch() }`,
  })
})
afterEach(() => project[Symbol.dispose]())

describe('a compiler of a framework', () => {
  test('that imports the addresses of its templates gets them as they are', async () => {
    // As Vue does with what a template shows.
    const compiler: Plugin = {
      name: 'compiler',
      transform: (code, id) => {
        const [, address = ''] = /src="([^"]+)"/.exec(code) ?? []
        return id.endsWith('post.md')
          ? `import address from ${JSON.stringify(address)}\nexport default address`
          : undefined
      },
    }
    project.write({ 'main.js': `import address from './post.md'\ndocument.title = address\n` })
    const built = await build({
      root: project.root,
      base: '/blog/',
      logLevel: 'silent',
      plugins: [imprompt(), compiler],
    })
    const output = 'output' in built ? built.output : []
    const picture = output.find(({ fileName }) => fileName.endsWith('.jpg'))
    const scripts = output.flatMap((one) => (one.type === 'chunk' ? one.code : []))
    expect(scripts.join('\n')).toContain(`/blog/${picture?.fileName}`)
  })

  test('that reads a changed file in development reads pictures', async () => {
    const read: string[] = []
    const compiler: Plugin = {
      name: 'compiler',
      handleHotUpdate: async (update) => void read.push(await update.read()),
    }
    const plugin = imprompt()
    const server = await createServer({
      root: project.root,
      logLevel: 'silent',
      server: { middlewareMode: true, ws: false },
      plugins: [plugin, compiler],
    })
    try {
      const pictures = await plugin.api.pictures()
      await vi.waitFor(() => {
        // Before its watcher is ready, a server sees no change.
        project.write({ 'post.md': '![gen: a grey owl](size=64x64)\n' })
        expect(read.at(-1)).toMatch(/^<picture>.*alt="a grey owl"/)
      }, slow)
      // An other file may include it, which a compiler renders at once.
      expect(pictures.rewriteNow('![gen: a grey owl](size=64x64)', 'other.md')).toContain('owl')
      project.write({ 'new.md': '![gen: a new one](size=64x64)\n' })
      const shown = (): string => pictures.rewriteNow('![gen: a new one](size=64x64)', 'other.md')
      await vi.waitFor(() => expect(shown()).toContain('alt="a new one"'), slow)
    } finally {
      await server.close()
    }
  })

  test('that includes a file is told of a mistake in that', async () => {
    project.write({ 'part.md': 'Nothing yet\n' })
    const part = project.path('part.md')
    const compiler: Plugin = {
      name: 'compiler',
      transform(code, id) {
        if (!id.endsWith('post.md')) return undefined
        this.addWatchFile(part)
        return `export default ${JSON.stringify(code)}`
      },
    }
    const server = await createServer({
      root: project.root,
      logLevel: 'silent',
      server: { middlewareMode: true, ws: false },
      plugins: [imprompt(), compiler],
    })
    const sent: unknown[] = []
    server.environments.client.hot.send = (message: unknown) => void sent.push(message)
    try {
      await server.transformRequest('/post.md')
      await vi.waitFor(() => {
        project.write({ 'part.md': '![gen: a grey owl](sise=64x64)\n' })
        expect(JSON.stringify(sent)).toContain('did you mean `size`')
      }, slow)
    } finally {
      await server.close()
    }
  })
})

import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import type { HostStage } from './suite.ts'

/** A page that a host keeps compiled, beside the fifty directives. */
export interface KeptPage {
  /** What builds the site alone. */
  readonly build: readonly string[]
  /** Its Markdown, whose first line of text is a directive with the prompt `a second harbour`. */
  readonly post: string
  /** The file that it becomes. */
  readonly html: string
}

/** Tests that such a page shows other pictures though its Markdown is the same as before. */
export function describeKeptPage(stage: () => HostStage, { build, post, html }: KeptPage): void {
  const shown = (): string => {
    const images =
      stage()
        .project.read(html)
        .match(/<img [^>]*>/g) ?? []
    const kept = images.find((image) => image.includes(' alt="a kept harbour"')) ?? ''
    const [, url = ''] = / src="([^"]+)"/.exec(kept) ?? []
    expect(url).toMatch(/^\/pictures\/a-kept-harbour-64-\w+\.jpg$/)
    return url
  }
  const built = async (): Promise<string> => {
    const { output, code } = await stage().build()
    expect(code, output).toBe(0)
    return shown()
  }

  describe('a page that was compiled before, and did not change', () => {
    test('shows what was bought after a placeholder', async () => {
      const { project, openai } = stage()
      project.write(post, project.read(post).replace('a second harbour', 'a kept harbour'))
      const before = openai.requests
      const missing = await project.run(build, { BASE: '/' })
      expect(missing.code).not.toBe(0)
      expect(missing.output).toContain('imprompt generate')
      const { output, code } = await project.run(build, { BASE: '/', IMPROMPT_MODE: 'placeholder' })
      expect(code, output).toBe(0)
      const placeholder = shown()
      expect(openai.requests).toBe(before)
      expect(await built()).not.toBe(placeholder)
    }, 300_000)

    test('shows a picture that a person put in the place of one that was bought', async () => {
      const { project } = stage()
      const bought = shown()
      const own = { width: 64, height: 64, channels: 3, background: 'teal' } as const
      await sharp({ create: own }).png().toFile(project.path('own.png'))
      const line =
        project
          .read(post)
          .split('\n')
          .findIndex((text) => text.includes('a kept')) + 1
      const adopted = await project.run(['imprompt', 'adopt', `${post}:${line}`, 'own.png'], {})
      expect(adopted.code, adopted.output).toBe(0)
      expect(await built()).not.toBe(bought)
    }, 300_000)

    test('shows pictures by options that were changed', async () => {
      const { project } = stage()
      const config = project.read('imprompt.config.ts')
      project.write('imprompt.config.ts', config.replace('{\n', '{\n  output: { widths: [32] },\n'))
      await built()
      expect(project.read(html)).toMatch(/\/pictures\/a-kept-harbour-32-\w+\.avif 32w/)
      project.write('imprompt.config.ts', config)
    }, 300_000)
  })
}

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type OpenAiDouble, startOpenAi } from '../support/openai-server.ts'
import { type TestProject, credentials, makeProject } from '../support/project.ts'
import { type CliRun, runCli } from '../support/run-cli.ts'

let openAi: OpenAiDouble
let project: TestProject
beforeEach(async () => {
  openAi = await startOpenAi()
  project = makeProject({ '.env.local': credentials(openAi.url) })
})
afterEach(async () => {
  project[Symbol.dispose]()
  await openAi[Symbol.asyncDispose]()
})

const cli = (...args: readonly string[]): Promise<CliRun> => runCli(project.root, args)

/** Every request is paid for once, and nothing else is. */
function expectBilled(distinct: number): void {
  expect(openAi.billed).toHaveLength(distinct)
}

const configOf = (template: string): string =>
  `export default { quality: 'low', size: '512x512', styles: { brand: '${template}' } }`

describe('a style whose text has changed', () => {
  beforeEach(async () => {
    project.write({
      'imprompt.config.ts': configOf('{prompt}, blue, for {title}'),
      'a.md':
        '---\ntitle: Foxes\n---\n\n![gen: a fox](style=brand, alt=fox)\n\n![gen: a hen](alt=hen)\n',
    })
    expect((await cli('generate')).code).toBe(0)
    expectBilled(2)
    project.write({ 'imprompt.config.ts': configOf('{prompt}, green, for {title}') })
  })

  test('is named by the plan, with its price and the way to keep what there is', async () => {
    const { stdout } = await cli('plan')
    expect(stdout).toContain('2 images from 2 directives: 1 stored, 1 new')
    expect(stdout).toMatch(
      /style `brand` has another text: 1 image would be bought anew for \$0\.0\d+; `imprompt generate --keep-style` keeps what there is/,
    )
    const { changedStyles }: { changedStyles: unknown } = JSON.parse(
      (await cli('plan', '--json')).stdout,
    )
    expect(changedStyles).toEqual([
      {
        style: 'brand',
        images: 1,
        estimateMicroUsd: expect.any(Number),
        worstMicroUsd: expect.any(Number),
      },
    ])
    expectBilled(2)
  })

  test('buys anew where nobody says otherwise', async () => {
    expect((await cli('generate')).code).toBe(0)
    expectBilled(3)
    expect(openAi.billed.at(-1)?.prompt).toBe('a fox, green, for Foxes')
  })

  test('keeps what there is by --keep-style, for all builds that follow', async () => {
    expect((await cli('plan', '--keep-style')).stdout).toContain('1 stored, 1 pinned')
    expect((await cli('check', '--mode', 'frozen')).code).toBe(4)
    expect((await cli('generate', '--keep-style')).stdout).toContain('1 stored, 1 pinned')
    const after = await cli('plan')
    expect(after.stdout).toContain('1 stored, 1 pinned')
    expect(after.stdout).not.toContain('has another text')
    expect((await cli('check', '--mode', 'frozen')).code).toBe(0)
    expectBilled(2)
  })
})

describe('a post', () => {
  const config = `export default {
    quality: 'low', size: '512x512',
    styles: { day: '{prompt}, by day', night: '{prompt}, by night' },
    style: { 'day/**': 'day', 'night/**': 'night' },
  }`

  test('buys nothing when it moves to a folder of another default style', async () => {
    project.write({ 'imprompt.config.ts': config, 'day/a.md': '![gen: a fox](alt=fox)\n' })
    expect((await cli('generate')).code).toBe(0)
    expect(openAi.billed.map(({ prompt }) => prompt)).toEqual(['a fox, by day'])
    project.write({ 'day/a.md': '', 'night/b.md': '![gen: a fox](alt=fox)\n' })
    expect((await cli('generate')).stdout).toContain('1 pinned')
    expectBilled(1)
  })

  test('that is a draft is priced, and bought when it is published', async () => {
    const post = (draft: boolean): string =>
      `---\ndraft: ${draft}\ncover: { gen: a fox, size: 512x512, quality: low }\n---\n\n![gen: a hen](alt=hen, size=512x512, quality=low)\n`
    project.write({ 'a.md': post(true) })
    const { stdout } = await cli('plan')
    expect(stdout).toMatch(/draft +a\.md:3:8 .* \$0\.0\d+ +a fox/)
    expect(stdout).toContain('2 images on drafts alone, not bought before they are published')
    expect((await cli('generate')).code).toBe(0)
    expect((await cli('check', '--mode', 'frozen')).code).toBe(0)
    expectBilled(0)
    project.write({ 'a.md': post(false) })
    expect((await cli('generate')).code).toBe(0)
    expectBilled(2)
  })

  test('that is a draft is bought where the configuration includes drafts', async () => {
    project.write({
      'imprompt.config.ts': `export default { drafts: 'include', quality: 'low', size: '512x512' }`,
      'a.md': '---\ndraft: true\n---\n\n![gen: a hen](alt=hen)\n',
    })
    expect((await cli('generate')).code).toBe(0)
    expectBilled(1)
  })

  test('in another language buys nothing', async () => {
    project.write({
      'en/a.md':
        '![gen: a lighthouse](name=lighthouse, size=512x512, quality=low, alt="A lighthouse")\n',
      'fr/a.md':
        '---\ncover: { gen: "", use: lighthouse }\n---\n\n![gen: un phare](use=lighthouse)\n',
    })
    const { code, stdout } = await cli('generate')
    expect(stdout).toContain('1 image from 3 directives: 1 bought')
    expect(code).toBe(0)
    expectBilled(1)
  })
})

describe('imprompt check --output', () => {
  beforeEach(() => {
    project.write({
      'imprompt.config.ts': `import { sketch } from '@imprompt/core'\nexport default { provider: sketch(), mode: 'generate' }`,
      'a.md': '![gen: a red fox](size=512x512)\n\nWrite `![gen: a grey owl]()`.\n',
    })
  })

  test('passes a site that shows every picture', async () => {
    project.write({ 'dist/a.html': '<picture></picture><code>![gen: a grey owl]()</code>' })
    expect(await cli('check', '--output', 'dist')).toMatchObject({ code: 0, stderr: '' })
  })

  test('names the file that still holds a directive', async () => {
    project.write({ 'dist/deep/a.html': '<p>![gen: a red fox](size=512x512)</p>' })
    const { code, stderr } = await cli('check', '--output', 'dist')
    expect(stderr).toContain('deep/a.html  the directive of a.md:1:1')
    expect(stderr).toContain('put `imprompt()` first')
    expect(code).toBe(2)
  })

  test('refuses a folder that holds no site', async () => {
    const { code, stderr } = await cli('check', '--output', 'nowhere')
    expect(stderr).toContain('No files of a built site')
    expect(code).toBe(2)
  })
})

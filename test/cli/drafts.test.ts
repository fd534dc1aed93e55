import { existsSync, readFileSync, rmSync } from 'node:fs'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { refusals, startOpenAi } from '../support/openai-server.ts'
import { credentials, makeProject } from '../support/project.ts'
import { runCli, withoutWaits } from '../support/run-cli.ts'

const page = '![gen: a fox](size=1024x1024, quality=high, alt=fox)\n'

describe('drafts of a picture', () => {
  test('are bought once each, cheaply, with a contact sheet, and no build shows them', async () => {
    await using openAi = await startOpenAi()
    using project = makeProject({ '.env.local': credentials(openAi.url), 'posts/fox.md': page })
    const run = (...args: readonly string[]) => runCli(project.root, args)
    const first = await run('drafts', 'posts/fox.md:1', '-n', '2')
    expect(withoutWaits(first)).toMatch(
      /^Buying 2 of 2 pictures for \$0\.0\d+, at most \$0\.0\d+\n$/,
    )
    expect(first.code).toBe(0)
    expect(first.stdout).toContain('2 images from 1 directive: 2 bought')
    expect(first.stdout).toMatch(/\ndrafts for \$0\.0\d+ in all\n/)
    expect(first.stdout).toContain('`imprompt pick posts/fox.md:1:1 NUMBER` renders one')
    expect(openAi.received.map(({ body }) => body)).toMatchObject([
      { prompt: 'a fox', quality: 'low', size: '1024x1024' },
      { prompt: 'a fox', quality: 'low', size: '1024x1024' },
    ])
    expect((await run('drafts', 'posts/fox.md:1', '-n', '3')).stdout).toContain(
      ': 2 stored, 1 bought',
    )
    const again = await run('drafts', 'posts/fox.md:1:1', '-n', '3')
    expect(again.stdout).toContain(': 3 stored\n')
    expect(withoutWaits(again)).toBe('')
    expect(openAi.billed).toHaveLength(3)

    const { html, png } = sheetIn(again.stdout)
    expect(readFileSync(project.path(html), 'utf8')).toContain('imprompt pick posts/fox.md:1:1 3')
    expect(await sharp(project.path(png)).metadata()).toMatchObject({ width: 1664, height: 640 })
    expect(readFileSync(project.path('.imprompt/.gitignore'), 'utf8')).toContain('\n/drafts/\n')
    expect((await run('plan')).stdout).toContain('1 image from 1 directive: 1 new')
    expect((await run('verify')).code).toBe(0)
    expect((await run('ledger', '--by', 'page')).stdout).toMatch(/\n {2}posts\/fox\.md +3 /)
    expect(openAi.requests).toBe(3)
  })

  test('of a prompt are those of a directive that says the same', async () => {
    await using openAi = await startOpenAi()
    using project = makeProject({ '.env.local': credentials(openAi.url) })
    const typed = await runCli(project.root, ['drafts', 'a', 'fox', '-n1', '--size', '512x512'])
    expect(typed.code).toBe(0)
    expect(typed.stdout).toContain('`imprompt pick FILE:LINE NUMBER` renders one')
    expect(typed.stdout).toContain(
      'To keep one, write ![gen: a fox](size=512x512) where the picture belongs',
    )
    project.write({ 'posts/fox.md': '![gen: a fox](alt=fox, size=512x512)\n' })
    const placed = await runCli(project.root, ['drafts', 'posts/fox.md:1', '-n1'])
    expect(placed.stdout).toContain(': 1 stored\n')
    expect(openAi.billed).toHaveLength(1)
    expect(openAi.requests).toBe(1)
  })

  test('of a page that is no public one are bought, as a person asks for them', async () => {
    await using openAi = await startOpenAi()
    using project = makeProject({
      '.env.local': credentials(openAi.url),
      'posts/fox.md': `---\ndraft: true\n---\n\n${page}`,
      'posts/hen.md': '![gen: a hen](nonsense=1)\n',
    })
    const { code, stdout } = await runCli(project.root, [
      'drafts',
      'posts/fox.md:5',
      '-n1',
      '--json',
    ])
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      drafts: {
        images: [{ state: 'bought', places: [{ file: 'posts/fox.md', line: 5, draft: 1 }] }],
        totals: { bought: 1 },
      },
      sheet: { html: expect.stringMatching(/\.html$/) },
      pick: 'imprompt pick posts/fox.md:5:1 NUMBER',
    })
    expect(openAi.billed).toHaveLength(1)
    expect(openAi.requests).toBe(1)
  })

  test('are told as far as they were made; what may have been billed is not asked for again by itself', async () => {
    await using openAi = await startOpenAi()
    openAi.fail('reset')
    using project = makeProject({ '.env.local': credentials(openAi.url), 'posts/fox.md': page })
    const run = (...more: readonly string[]) =>
      runCli(project.root, ['drafts', 'posts/fox.md:1', '-n', '3', ...more])
    const first = await run()
    expect(first.code).toBe(7)
    expect(first.stdout).toContain(': 2 bought, 1 unknown')
    expect(existsSync(project.path(sheetIn(first.stdout).png))).toBe(true)
    const second = await run()
    expect(second.code).toBe(7)
    expect(second.stderr).toContain(
      '`imprompt drafts posts/fox.md:1:1 -n 3 --retry-unknown` does so',
    )
    expect(openAi.billed).toHaveLength(3)
    const consented = await run('--retry-unknown')
    expect(consented.stdout).toContain(': 2 stored, 1 bought')
    expect(consented.code).toBe(0)
    // One for each of three drafts, and the charge of unknown outcome.
    expect(openAi.billed).toHaveLength(3 + 1)
  })

  test('are kept where their sheet cannot be written, which is told', async () => {
    await using openAi = await startOpenAi()
    using project = makeProject({
      '.env.local': credentials(openAi.url),
      'posts/fox.md': page,
      '.imprompt/drafts': 'a file where the folder should be',
    })
    const run = () => runCli(project.root, ['drafts', 'posts/fox.md:1', '-n1'])
    const { code, stderr } = await run()
    expect(stderr).toMatch(/\.html` was not written: .+\. What was bought is stored/)
    expect(code).toBe(2)
    rmSync(project.path('.imprompt/drafts'))
    expect((await run()).code).toBe(0)
    expect(openAi.billed).toHaveLength(1)
  })

  test('that are refused leave no sheet', async () => {
    await using openAi = await startOpenAi()
    openAi.fail(refusals.moderation)
    using project = makeProject({ '.env.local': credentials(openAi.url), 'posts/fox.md': page })
    const { code, stdout } = await runCli(project.root, ['drafts', 'posts/fox.md:1', '-n1'])
    expect(code).toBe(5)
    expect(stdout).not.toContain('contact sheet')
    expect(openAi.billed).toHaveLength(0)
  })
})

function sheetIn(stdout: string): { readonly html: string; readonly png: string } {
  const [, html = '', png = ''] =
    /^contact sheet (\S+\.html)\nas a picture {2}(\S+\.png)$/m.exec(stdout) ?? []
  return { html, png }
}

describe('nothing is bought', () => {
  test.for([
    ['without a key', [], {}, 4, 'OPENAI_API_KEY is not set'],
    [
      'over budget',
      ['--budget', '0.001'],
      {},
      3,
      '`imprompt drafts posts/fox.md:1:1 -n 8 --budget 0.0',
    ],
    ['under CI without a budget', [], { CI: '1' }, 2, 'Buying under CI needs an explicit budget'],
    ['by a model that is not there', ['--model', 'gpt-image-9'], {}, 2, 'posts/fox.md:1:1'],
  ] as const)('%s', async ([_title, more, environment, code, message]) => {
    await using openAi = await startOpenAi()
    const hasKey = code !== 4
    using project = makeProject({
      ...(hasKey && { '.env.local': credentials(openAi.url) }),
      'posts/fox.md': page,
    })
    const args = ['drafts', 'posts/fox.md:1', ...more]
    const run = await runCli(project.root, args, environment)
    expect(run.stderr).toContain(message)
    expect(run.stderr).not.toContain('Buying 8')
    expect(run.code).toBe(code)
    expect(openAi.requests).toBe(0)
  })

  test.for([
    [['posts/fxo.md:1'], 'No picture at `posts/fxo.md:1`; nothing was bought'],
    [['posts/fox.md'], 'Unexpected `posts/fox.md`, expected the place of a picture'],
    [[], 'Unexpected ``, expected the place of a picture'],
    [['a fox', '-n', '0'], 'Unexpected `-n 0`, expected a number from 1 to 99'],
    [['posts/fox.md:3'], 'It shows the picture of another place, by `use`; nothing was bought'],
  ] as const)('for %j', async ([args, message]) => {
    using project = makeProject({
      'posts/fox.md': `${page.replace('alt', 'name=fox, alt')}\n![gen:](use=fox)\n`,
    })
    const { code, stderr } = await runCli(project.root, ['drafts', ...args])
    expect(stderr).toContain(message)
    expect(code).toBe(2)
  })
})

import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Entry } from '../../packages/core/src/ports.ts'
import { fsStore } from '../../packages/core/src/store/fs-store.ts'
import { type OpenAiDouble, refusals, startOpenAi } from '../support/openai-server.ts'
import { type TestProject, credentials, makeProject } from '../support/project.ts'
import { type CliRun, runCli, withoutWaits } from '../support/run-cli.ts'

const page = '![gen: a fox](size=1024x1024, quality=high, alt=fox)\n'

interface Desk extends Disposable {
  readonly project: TestProject
  run(...args: readonly string[]): Promise<CliRun>
}

function deskOf(openAi: OpenAiDouble, files: Readonly<Record<string, string>> = {}): Desk {
  const project = makeProject({
    '.env.local': credentials(openAi.url),
    'posts/fox.md': page,
    ...files,
  })
  return {
    project,
    run: (...args) => runCli(project.root, args),
    [Symbol.dispose]: () => project[Symbol.dispose](),
  }
}

async function entriesIn(project: TestProject): Promise<readonly Entry[]> {
  const found = await fsStore(project.path('.imprompt')).entries()
  return found.kind === 'hit' ? found.value : []
}

/** The draft of a number, and what stands in place of the picture that was picked. */
async function pickedIn(project: TestProject, number: number) {
  const entries = await entriesIn(project)
  const draft = entries.find(({ request }) => request.draft === true && request.take === number)
  const shown = entries.find(({ pickedFrom }) => pickedFrom !== undefined)
  if (draft === undefined || shown === undefined) throw new Error('nothing is picked')
  return { draft, shown }
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

describe('a draft that is picked', () => {
  test('goes along with the prompt in final quality, and the build then has its picture', async () => {
    await using openAi = await startOpenAi()
    using desk = deskOf(openAi)
    const { project, run } = desk
    await run('drafts', 'posts/fox.md:1', '-n', '3')
    const picked = await run('pick', 'posts/fox.md:1', '2')
    expect(withoutWaits(picked)).toMatch(/^The final picture costs \$0\.\d+, at most \$0\.\d+\n$/)
    expect(picked.stdout).toContain('draft 2 is picked; pages show its final picture')
    expect(picked.code).toBe(0)
    const { draft, shown } = await pickedIn(project, 2)
    expect(shown).toMatchObject({
      pickedFrom: draft.key,
      request: { quality: 'high', basedOn: draft.requestHash },
    })
    const last = openAi.received.at(-1)
    expect(last?.path).toBe('/v1/images/edits')
    expect(last?.body).toMatchObject({ prompt: 'a fox', quality: 'high', size: '1024x1024' })
    expect(last?.uploads.map(({ bytes }) => sha256(bytes))).toEqual([draft.original.sha256])

    expect((await run('pick', 'posts/fox.md:1', '2')).stdout).toContain(': 2 stored\n')
    expect((await run('plan')).stdout).toContain('1 image from 1 directive: 1 stored\n')
    const report = JSON.parse((await run('generate', '--json')).stdout)
    expect(report.images).toMatchObject([
      { state: 'stored', key: shown.key, original: { sha256: shown.original.sha256 } },
    ])
    expect((await run('verify')).code).toBe(0)
    expect(openAi.billed).toHaveLength(3 + 1)
    expect(openAi.requests).toBe(3 + 1)
  })

  test('takes the place of what was bought there, and going back to an earlier one costs nothing', async () => {
    await using openAi = await startOpenAi()
    using desk = deskOf(openAi)
    const { project, run } = desk
    const shownIn = async (): Promise<string | undefined> => {
      const { key } = JSON.parse((await run('plan', '--json')).stdout).images[0]
      return (await entriesIn(project)).find((one) => one.key === key)?.requestHash
    }
    await run('generate')
    const former = await shownIn()
    await run('drafts', 'posts/fox.md:1', '-n', '2')
    await run('pick', 'posts/fox.md:1', '1')
    const first = await shownIn()
    await run('pick', 'posts/fox.md:1', '2')
    const second = await shownIn()
    const back = await run('pick', 'posts/fox.md:1', '1')
    expect(withoutWaits(back)).toBe('')
    expect(await shownIn()).toBe(first)
    expect(new Set([former, first, second]).size).toBe(3)
    expect((await run('plan')).stdout).toContain(': 1 stored\n')
    project.write({ 'posts/fox.md': page.replace(')', ', take=1)') })
    expect((await run('generate')).stdout).toContain(': 1 shared\n')
    expect(await shownIn()).toBe(former)
    // The picture before, two drafts, and a final one of each.
    expect(openAi.billed).toHaveLength(1 + 2 + 2)
    expect(openAi.requests).toBe(1 + 2 + 2)
  })

  test('is left out with `--plain`, which makes the take of its number', async () => {
    await using openAi = await startOpenAi()
    using desk = deskOf(openAi)
    const { project, run } = desk
    await run('generate')
    await run('drafts', 'posts/fox.md:1', '-n', '2')
    const { code, stdout } = await run('pick', 'posts/fox.md:1', '2', '--plain', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout).images).toMatchObject([
      { state: 'stored', places: [{ draft: 2 }] },
      { state: 'bought', quality: 'high' },
    ])
    const { draft, shown } = await pickedIn(project, 2)
    expect(shown).toMatchObject({ pickedFrom: draft.key, request: { take: 2 } })
    expect(shown.request).not.toHaveProperty('basedOn')
    expect(openAi.received.at(-1)?.path).toBe('/v1/images/generations')
    expect(openAi.billed).toHaveLength(1 + 2 + 1)
    expect(openAi.requests).toBe(1 + 2 + 1)
  })

  test('stays picked whatever the defaults are, and follows those that it is told to', async () => {
    await using openAi = await startOpenAi()
    const config = (more: string): Record<string, string> => ({
      'imprompt.config.mjs': `export default { size: '1024x1024', ${more} }\n`,
    })
    using desk = deskOf(openAi, {
      ...config("quality: 'low', defaults: 'follow'"),
      'posts/fox.md': '![gen: a fox](alt=fox)\n',
    })
    const { project, run } = desk
    await run('drafts', 'posts/fox.md:1', '-n', '1')
    await run('pick', 'posts/fox.md:1', '1')
    expect((await run('plan')).stdout).toContain(': 1 stored\n')
    project.write(config("quality: 'high'"))
    expect((await run('plan')).stdout).toContain(': 1 pinned\n')
    project.write(config("quality: 'high', defaults: 'follow'"))
    expect((await run('plan')).stdout).toContain(': 1 new\n')
    expect(openAi.billed).toHaveLength(2)
    expect(openAi.requests).toBe(2)
  })

  test('stays in the store with its final picture, and the others go with time', async () => {
    await using openAi = await startOpenAi()
    using desk = deskOf(openAi)
    const { project, run } = desk
    await run('drafts', 'posts/fox.md:1', '-n', '3')
    await run('pick', 'posts/fox.md:1', '3')
    expect((await run('gc', '--yes')).code).toBe(0)
    expect(await entriesIn(project)).toHaveLength(3 + 2)
    expect((await run('gc', '--yes', '--grace', '0')).code).toBe(0)
    const { draft, shown } = await pickedIn(project, 3)
    expect(await entriesIn(project)).toHaveLength(2)
    const store = fsStore(project.path('.imprompt'))
    for (const entry of [draft, shown])
      expect(await store.original(entry)).toMatchObject({ kind: 'hit' })
    expect((await run('verify')).code).toBe(0)
    expect((await run('plan')).stdout).toContain(': 1 stored\n')
    expect(openAi.billed).toHaveLength(3 + 1)
  })

  test('of a prompt that was typed is that of the directive which it became', async () => {
    await using openAi = await startOpenAi()
    using desk = deskOf(openAi, {
      'posts/hen.md': '---\ndraft: true\n---\n\n![gen: a hen](size=512x512, name=hen, alt=hen)\n',
    })
    const { run } = desk
    await run('drafts', 'a hen', '-n', '1', '--size', '512x512')
    const picked = await run('pick', 'hen', '1')
    expect(picked.code, picked.stderr).toBe(0)
    expect((await run('drafts', 'hen', '-n', '1')).stdout).toContain(': 1 stored\n')
    expect(openAi.billed).toHaveLength(2)
    expect(openAi.requests).toBe(2)
  })
})

describe('what stands in a place stays', () => {
  test('where the final picture is refused, or may not be bought', async () => {
    await using openAi = await startOpenAi()
    using desk = deskOf(openAi)
    const { project, run } = desk
    await run('generate')
    await run('drafts', 'posts/fox.md:1', '-n', '1')
    const before = await entriesIn(project)
    const attempts: readonly (readonly [readonly string[], number, string])[] = [
      [['--budget', '0.001'], 3, '`imprompt pick posts/fox.md:1:1 1 --budget 0.'],
      [[], 5, 'Nothing was charged'],
    ]
    openAi.fail(refusals.moderation)
    for (const [more, code, message] of attempts) {
      const run1 = await run('pick', 'posts/fox.md:1', '1', ...more)
      expect(run1.stderr).toContain(message)
      expect(run1.code).toBe(code)
    }
    expect(await entriesIn(project)).toEqual(before)
    expect(openAi.billed).toHaveLength(1 + 1)
  })

  test.for([
    [
      ['posts/fox.md:1', '2'],
      2,
      'It has no draft 2 that is made so; nothing was bought. `imprompt drafts posts/fox.md:1:1 -n 2` makes it',
    ],
    [['posts/fox.md:1', '1', '--quality', 'medium'], 2, '-n 1 --quality medium` makes it'],
    [['posts/fox.md:1'], 2, 'expected the place of a picture and the number of a draft'],
    [['posts/fox.md:1', 'x'], 2, 'expected the place of a picture and the number of a draft'],
    [['a fox', '1'], 2, 'Unexpected `a fox`, expected the place of a picture'],
    [['posts/fox.md:2', '1'], 2, 'No picture at `posts/fox.md:2`; nothing was bought'],
    [['posts/fox.md:1', '1'], 4, 'run `imprompt pick posts/fox.md:1:1 1`'],
  ] as const)('for %j', async ([args, code, message]) => {
    await using openAi = await startOpenAi()
    using desk = deskOf(openAi)
    const { project, run } = desk
    await run('drafts', 'posts/fox.md:1', '-n', '1')
    project.write({ '.env.local': '' })
    const picked = await run('pick', ...args)
    expect(picked.stderr).toContain(message)
    expect(picked.code).toBe(code)
    expect(openAi.requests).toBe(1)
  })
})

import { describe, expect, test } from 'vitest'
import { settingsFrom } from '../../packages/core/src/config/settings.ts'
import { errorOf } from '../../packages/core/src/error.ts'
import { newImages } from '../../packages/core/src/plan/budget.ts'
import { objectionsTo } from '../../packages/core/src/plan/gate.ts'
import { planFor } from '../../packages/core/src/plan/plan.ts'
import { directiveOfConfigImage } from '../../packages/core/src/directive/config-image.ts'
import { describeProblem } from '../../packages/core/src/problem.ts'
import { describePlace } from '../../packages/core/src/place.ts'
import { requestFor } from '../../packages/core/src/request/request.ts'
import { type OpenAiDouble, startOpenAi } from '../support/openai-server.ts'
import { generous, inputOf, memoryStore, mute, requestIn, settingsOf } from '../support/fakes.ts'
import { credentials, makeProject } from '../support/project.ts'
import { runCli } from '../support/run-cli.ts'

const issuesOf = (config: unknown): readonly string[] => {
  const answer = settingsFrom(config, mute)
  return 'issues' in answer ? answer.issues.map(({ path, detail }) => `${path}: ${detail}`) : []
}

describe('a configuration', () => {
  test.for([
    [{ budget: { build: -1 } }, 'budget.build'],
    [{ budget: { build: Number.NaN } }, 'budget.build'],
    [{ budget: { build: Infinity } }, 'budget.build'],
    [{ budget: { build: '1e9' } }, 'budget.build'],
    [{ budget: { build: '1,00' } }, 'budget.build'],
    [{ prices: { a: { maxMicroUsd: -1 } } }, 'prices.a.maxMicroUsd'],
    [{ prices: { a: { maxMicroUsd: 0.5 } } }, 'prices.a.maxMicroUsd'],
    [{ styles: { none: '{prompt}' } }, 'styles.none'],
    [{ styles: { 'a b': '{prompt}' } }, 'styles.a b'],
    [{ styles: { a: '{prompt} {b}', b: '{prompt}' } }, 'styles.a'],
    [{ styles: { a: '{prompt} {' } }, 'styles.a'],
    [{ style: 'brand' }, 'style'],
    [{ style: { 'posts/**': 'brand' } }, 'style.posts/**'],
    [{ images: { '../x': { prompt: 'a' } } }, 'images.../x'],
    [{ images: { a: { prompt: 'a', size: { width: 1 } } } }, 'images.a.size'],
    [{ drafts: 'never' }, 'drafts'],
    [{ leftOvers: true }, 'leftOvers'],
    [{ site: 'example.com' }, 'site'],
    [{ site: 'file:///etc' }, 'site'],
    [{ site: 'https://example.com/blog' }, 'site'],
    [{ stlyes: {} }, 'stlyes'],
    [JSON.parse('{ "__proto__": { "mode": "generate" } }'), '__proto__'],
    [null, 'export default'],
    ['text', 'export default'],
  ] as const)('of %j is refused by the path of the field', ([config, path]) => {
    expect(issuesOf(config)).toEqual([expect.stringContaining(`${path}: `)])
  })

  test('names every field that is wrong at once', () => {
    expect(issuesOf({ mode: 'x', drafts: 'y', styles: 1 })).toHaveLength(3)
  })

  test('has no use for the keys of prototypes as names', () => {
    const styles = JSON.parse('{ "__proto__": "{prompt}" }')
    const images = JSON.parse('{ "constructor": { "prompt": "a" } }')
    expect(settingsOf({ images }).images.get('constructor')).toEqual({ prompt: 'a' })
    expect(settingsOf({ images }).images.get('toString')).toBeUndefined()
    expect(() => settingsOf({ styles }).styles.get('hasOwnProperty')?.length).not.toThrow()
  })

  test('of a picture is wrong at its field', () => {
    const image = { prompt: ' ', sise: 'wide', quality: 'hihg' }
    const answer = requestFor(
      directiveOfConfigImage('hero', image, 'imprompt.config.ts'),
      settingsOf(),
    )
    const problems = 'problems' in answer ? answer.problems : []
    expect(
      problems.map((problem) => `${describePlace(problem.place)} ${describeProblem(problem)}`),
    ).toEqual([
      'imprompt.config.ts:1:1 images.hero.sise Unexpected attribute `sise`, did you mean `size`',
      'imprompt.config.ts:1:1 images.hero Unexpected empty prompt, expected text after `gen:`',
      'imprompt.config.ts:1:1 images.hero.quality Unexpected value `hihg` of `quality`, expected `low`, `medium`, `high`, did you mean `high`',
    ])
    expect(problems.some(({ fix }) => fix !== undefined)).toBe(false)
  })
})

describe('ten thousand new prompts', () => {
  test('are planned and refused in a message of a page, and nothing is asked', async () => {
    const settings = settingsOf()
    const request = requestIn('![gen: a fox]()')
    const requests = Array.from({ length: 10_000 }, (_none, index) => {
      const prompt = `a fox with number ${index} on its coat`
      return { ...request, prompt, request: { ...request.request, prompt } }
    })
    const history = { verdicts: new Map(), keepsStyle: false, today: '2026-11-23' }
    const plan = await planFor(inputOf(requests), settings, memoryStore(), history)
    expect(newImages(plan)).toHaveLength(10_000)
    const locked = new Map([['fake', 'FAKE_KEY']])
    const message = errorOf(objectionsTo(plan, generous, locked))?.message ?? ''
    expect(message).toContain('10000 new pictures would cost up to $500.00')
    expect(message).toContain('and 9980 more, $400.00 in all')
    expect(message.split('\n').length).toBeLessThan(60)
  })
})

describe('an entry', () => {
  let openAi: OpenAiDouble

  test.for([
    ['of a merge that was not finished', '<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> other\n', 6],
    ['that is cut short', '{ "schema": 1, "key"', 6],
    ['of a newer version', '{ "schema": 2 }', 4],
    ['that is empty', '', 6],
  ] as const)('%s is neither served nor bought anew', async ([, text, exitCode]) => {
    openAi = await startOpenAi()
    using project = makeProject({
      'a.md': '![gen: a fox](size=512x512, quality=low)\n',
      '.env.local': credentials(openAi.url),
    })
    const { stdout } = await runCli(project.root, ['plan', '--json'])
    const { images }: { images: readonly { key: string }[] } = JSON.parse(stdout)
    const key = images[0]?.key ?? ''
    project.write({ [`.imprompt/images/${key.slice(0, 2)}/${key}.json`]: text })
    const { code, stderr } = await runCli(project.root, ['generate'])
    expect(stderr).toContain(`${key}.json`)
    expect(code).toBe(exitCode)
    expect(openAi.requests).toBe(0)
    await openAi[Symbol.asyncDispose]()
  })
})

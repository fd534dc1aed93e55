import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Diagnostic } from '../../../../packages/core/src/diagnostic.ts'
import {
  type MarkdownOptions,
  reportMarkdown,
} from '../../../../packages/core/src/report/markdown/markdown.ts'
import type { Report, ReportedImage } from '../../../../packages/core/src/report/report.ts'
import { livelyPartsOf, parseGfm, tablesIn } from '../../../support/gfm.ts'
import { newImage, sampleImage, sampleReport } from '../../../support/sample-report.ts'

const problem: Diagnostic = {
  code: 'attribute-unknown',
  severity: 'error',
  message: 'Unexpected attribute `sise`, did you mean `size`',
  file: 'posts/owl.md',
  line: 1,
  column: 15,
  url: 'https://example.com/#attribute-unknown',
}

const hen = { file: 'posts/hen.md', line: 30, column: 12 }
const shownTwice = { ...newImage, prompt: 'a hen', places: [...newImage.places, hen] }
const plan = sampleReport([newImage, shownTwice, ...Array.from({ length: 3 }, () => sampleImage)], {
  totals: { savedMicroUsd: 126_000 },
})

const build = sampleReport(
  [
    { ...newImage, state: 'bought', spentMicroUsd: 41_200, earlierMicroUsd: 41_305 },
    {
      ...newImage,
      state: 'bought',
      spentMicroUsd: 10_200,
      substitutions: [{ name: 'quality', asked: 'medium', made: 'low' }],
    },
    { ...newImage, state: 'refused' },
    { ...newImage, isDraft: true },
    { ...sampleImage, state: 'pinned' },
    { ...sampleImage, state: 'shared' },
  ],
  {
    totals: { requests: 3, savedMicroUsd: 41_200 },
    budget: {
      state: 'fail',
      rules: [
        {
          id: 'build',
          limitMicroUsd: 10_000,
          actualMicroUsd: 82_610,
          level: 'error',
          state: 'fail',
        },
        {
          id: 'page',
          page: 'posts/a|b.md',
          limitMicroUsd: 50_000,
          actualMicroUsd: 41_305,
          level: 'warn',
          state: 'pass',
        },
        { id: 'newImages', limitImages: 1, actualImages: 2, level: 'warn', state: 'warn' },
      ],
    },
    problems: [
      { ...problem, code: 'alt-missing', severity: 'warning', message: 'No `alt`' },
      problem,
    ],
    changedStyles: [{ style: 'brand', images: 3, estimateMicroUsd: 31_020, worstMicroUsd: 31_200 }],
    month: {
      name: '2026-11',
      settledMicroUsd: 51_400,
      unknownMicroUsd: 0,
      projectedMicroUsd: 51_400,
    },
    comparison: {
      ref: 'main',
      commit: '0'.repeat(40),
      added: [{ key: 'b', prompt: 'an owl', place: hen, microUsd: 10_200 }],
      changed: [
        {
          key: 'c',
          prompt: 'a red fox',
          place: hen,
          microUsd: 41_200,
          from: 'd',
          fromMicroUsd: 10_200,
          attributes: ['quality'],
        },
      ],
      removed: [],
      orphaned: [{ key: 'e', prompt: 'a hen', microUsd: 5_000 }],
      costMicroUsd: 51_400,
    },
    incidents: [{ kind: 'unpushed', where: 's3://pictures', message: 'The server answered 503' }],
  },
)

const hostile = [
  'a | b || c \\| d \\\\| e |',
  'in `code`, ``more``, ``` and `' + '`'.repeat(120),
  '<img src=x onerror=alert(1)> <!-- </details> <b>',
  'one\ntwo\r\n\r\n| three |\n\n# four\u2028five\u0085six',
  '\u202Egpj.exe\u2066 left \u200F right \u061C and \u001B[31mred\u0007',
  '@octocat, @imprompt/core: see #123, GH-12, imprompt/imprompt#7 and 6de51dda1b2c3d4e5f',
  '![pixel](https://evil.example/p.png) [click](javascript:alert(1)) [a]: <b> [^1]',
  'https://evil.example www.evil.example a@evil.example <https://evil.example> :tada:',
  '**bold** _it_ ~~gone~~ $x^2$ $`y`$ &amp; &#64;octocat',
  '`',
  '|',
  ' ',
  '\\',
  'ends with a backslash \\',
  '狐と雪 🦊 \u{E0041}\u{E0042}',
]

/** Every text that a report holds, by the same word. */
function reportOf(text: string): Report {
  const place = { file: text, line: 1, column: 1, field: text }
  const estimate = { ...newImage.estimate, source: text, asOf: text }
  const image: ReportedImage = {
    ...newImage,
    places: [place],
    prompt: text,
    provider: text,
    model: text,
    quality: text,
    estimate: { microUsd: 1, worstMicroUsd: 2, basis: 'rough', ...estimate },
    substitutions: [{ name: 'model', asked: text, made: text }],
  }
  const amounts = { limitMicroUsd: 1, actualMicroUsd: 2 }
  const named = { page: text, glob: text, fault: text }
  const rule = { id: 'page', level: 'error', state: 'fail', ...named, ...amounts } as const
  return sampleReport([image, { ...image, state: 'stored' }], {
    content: { globs: [text], files: 1 },
    problems: [
      { ...problem, ...place, code: text, message: `Unexpected \`${text}\`, see ${text}` },
    ],
    changedStyles: [{ style: text, images: 1, estimateMicroUsd: 1, worstMicroUsd: 2 }],
    incidents: [{ kind: 'refused', where: text, message: text }],
    comparison: {
      ref: text,
      commit: text,
      added: [{ key: text, prompt: text, place, microUsd: 1 }],
      changed: [
        {
          key: text,
          prompt: text,
          place,
          microUsd: 1,
          from: text,
          fromMicroUsd: 1,
          attributes: [text],
        },
      ],
      removed: [],
      orphaned: [],
      costMicroUsd: 1,
    },
    budget: { state: 'fail', rules: [rule, { ...rule, id: 'pages' }, { ...rule, id: 'month' }] },
  })
}

/** As a terminal shows it, too: in one line, without what only controls. */
function visible(text: string): string {
  return text
    .replaceAll(/[\s\u0085]+/gu, ' ')
    .replaceAll('\u001B[31m', '')
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
}

describe('a report as Markdown', () => {
  test.for([
    ['plan', plan, {}],
    ['plan-without-prompts', plan, { prompts: 'none' }],
    ['build', build, { failure: 'Over budget: 3 new pictures\n  posts/fox.md:3:1' }],
    ['long', sampleReport([{ ...newImage, prompt: 'a fox and a hen '.repeat(2_000) }]), {}],
    [
      'hostile',
      sampleReport(hostile.map((prompt) => ({ ...newImage, prompt }))),
      { prompts: 'full' },
    ],
  ] as const)('is what stands in golden/%s.md', async ([name, report, options]) => {
    await expect(reportMarkdown(report, options)).toMatchFileSnapshot(`golden/${name}.md`)
  })

  test('begins with the tag by which a comment is found again', () => {
    expect(reportMarkdown(plan)).toMatch(
      /^<!-- imprompt-report -->\n\n\*\*Images: \+\$0\.08232\*\*/,
    )
  })

  test.for([
    [
      'of nothing',
      sampleReport([], { budget: { state: 'pass', rules: [] } }),
      'nothing to buy** (none)',
    ],
    [
      'of what is stored',
      sampleReport([sampleImage]),
      'nothing to buy** (1 stored) — budget $1.00, kept',
    ],
    ['of a draft', sampleReport([{ ...newImage, isDraft: true }]), 'nothing to buy** (1 draft)'],
    [
      'of a build',
      build,
      '$0.0514 spent** (1 pinned, 1 shared, 2 bought, 1 refused, 1 draft, reuse saved $0.0412) — **over budget**: a build: up to $0.08261 of $0.01 (over by $0.07261) — **1 problem to mend**',
    ],
  ] as const)('has a headline %s', ([, report, headline]) => {
    expect(reportMarkdown(report)).toContain(`**Images: ${headline}`)
  })

  test('shows no prompt where none is asked for, and the whole where all of it is', () => {
    const prompt = `a fox ${'and so on '.repeat(600)}and the tail`
    const near = { ...problem, code: 'prompt-near', message: 'Nearly that (`fox` for `hen`)' }
    const report = sampleReport([{ ...newImage, prompt }], { problems: [near] })
    const shown = (options: MarkdownOptions): string => reportMarkdown(report, options)
    expect(shown({ prompts: 'none' })).not.toContain('fox and')
    expect(shown({ prompts: 'none' })).not.toContain('`hen`')
    expect(shown({ prompts: 'none' })).not.toContain('Prompt |')
    expect(shown({})).toContain('a fox and so on')
    expect(shown({})).not.toContain('the tail')
    expect(shown({ prompts: 'full' })).toContain(prompt)
  })

  test('shows no prompt that gives a secret away', () => {
    const prompt = `a fox ${'x'.repeat(80)} sk-${'a1b2'.repeat(6)}`
    const text = reportMarkdown(sampleReport([{ ...newImage, prompt }]), { prompts: 'full' })
    expect(text).toContain('| withheld, as it holds an API key |')
    expect(text).not.toContain('a fox')
  })
})

describe('texts of anybody', () => {
  test.for(hostile)('break no table, and mention and link nobody: %j', (text) => {
    const root = parseGfm(reportMarkdown(reportOf(text), { prompts: 'full', failure: text }))
    const [news, kept] = tablesIn(root)
    expect(news?.map((row) => row.length)).toEqual([6, 6])
    expect(kept?.map((row) => row.length)).toEqual([4, 4])
    expect(news?.[1]?.at(-1)).toBe(visible(text))
    expect(livelyPartsOf(root)).toEqual([])
  })

  test('are read back as they were, whatever they are', () => {
    const letters = fc.constantFrom(...'`|\\ <>&@#*_[]()!$~:/.a1-\n\u202E\u{1F98A}')
    const texts = fc.oneof(fc.string({ unit: letters }), fc.string({ unit: 'grapheme' }))
    fc.assert(
      fc.property(texts, (text) => {
        const root = parseGfm(reportMarkdown(reportOf(text), { prompts: 'full', failure: text }))
        const [news, kept] = tablesIn(root)
        expect(news?.map((row) => row.length)).toEqual([6, 6])
        expect(kept?.map((row) => row.length)).toEqual([4, 4])
        expect(livelyPartsOf(root)).toEqual([])
      }),
      { numRuns: 40 },
    )
  })
})

describe('a report that is too much for a comment', () => {
  const many = (number: number, image: ReportedImage): readonly ReportedImage[] =>
    Array.from({ length: number }, (_, index) => ({
      ...image,
      places: [{ file: `posts/${index}.md`, line: 1, column: 1 }],
    }))

  test.for([60_000, 8_000])('tells in its tables what is left out of %i characters', (limit) => {
    const report = sampleReport([...many(10_000, newImage), ...many(10_000, sampleImage)])
    const text = reportMarkdown(report, { limit })
    expect(text.length).toBeLessThanOrEqual(limit)
    expect(text.length).toBeGreaterThan(limit * 0.9)
    for (const rows of tablesIn(parseGfm(text))) {
      const gap = rows.findIndex((row) => row[0] === '')
      const left = Number(/^… (\d+) more images, left out here$/.exec(rows[gap]?.[1] ?? '')?.[1])
      expect(rows.length - 2 + left).toBe(10_000)
      expect(rows[1]?.[1]).toBe('posts/0.md:1:1')
      expect(rows.at(-1)?.[1]).toBe('posts/9999.md:1:1')
      expect(Math.abs(gap * 2 - rows.length)).toBeLessThanOrEqual(2)
    }
  })

  test('has room for all of what costs something where that is little', () => {
    const report = sampleReport([...many(3, newImage), ...many(10_000, sampleImage)])
    const [news, kept] = tablesIn(parseGfm(reportMarkdown(report)))
    expect(news).toHaveLength(4)
    expect(kept?.length).toBeGreaterThan(400)
  })

  test('stays below the limit whatever is too much', () => {
    const fill = '`|'.repeat(16_000)
    const {
      images: [one, other],
      ...rest
    } = reportOf(fill)
    if (one === undefined || other === undefined) throw new Error('no image')
    const times = <Item>(items: readonly Item[]): readonly Item[] =>
      Array.from({ length: 300 }, () => items).flat()
    const report = {
      ...rest,
      images: [...many(300, one), ...many(300, other)],
      problems: times(rest.problems),
      incidents: times(rest.incidents),
      changedStyles: times(rest.changedStyles),
    }
    for (const prompts of ['none', 'excerpt', 'full'] as const) {
      const text = reportMarkdown(report, { prompts, failure: fill })
      expect(text.length).toBeLessThanOrEqual(60_000)
      expect(text).toContain('more, which `imprompt plan --json` lists')
    }
    const tables = tablesIn(parseGfm(reportMarkdown(report, { prompts: 'full' })))
    expect(tables.map((rows) => rows.length > 2)).toEqual([true, true])
  })
})

import { expect, test } from 'vitest'
import type { Report, ReportedImage } from '../../../packages/core/src/report/report.ts'
import { reportText } from '../../../packages/core/src/report/text.ts'

const image: ReportedImage = {
  key: 'a'.repeat(64),
  state: 'stored',
  places: [{ file: 'posts/fox.md', line: 3, column: 1 }],
  prompt: 'a red fox',
  provider: 'openai',
  model: 'gpt-image-2',
  size: '1536x1024',
  quality: 'medium',
  spentMicroUsd: 0,
}

const report: Report = {
  schema: 1,
  content: { globs: ['**/*.md'], files: 12 },
  images: [
    image,
    {
      ...image,
      state: 'bought',
      places: [...image.places, { file: 'posts/hen.md', line: 30, column: 12 }],
      prompt: `\u001B[31ma hen\u001B[0m\u0007\u202E ${'and so on '.repeat(9)}`,
      spentMicroUsd: 41_160,
    },
    {
      ...image,
      state: 'refused',
      prompt: '狐と雪',
      estimate: {
        microUsd: 41_160,
        worstMicroUsd: 41_305,
        basis: 'upper-bound',
        source: 'a table',
      },
    },
  ],
  totals: {
    directives: 4,
    images: 3,
    stored: 1,
    pinned: 0,
    shared: 0,
    new: 0,
    bought: 1,
    refused: 1,
    failed: 0,
    unknown: 0,
    placeholder: 0,
    drafts: 0,
    requests: 2,
    encoded: 18,
    estimateMicroUsd: 82_320,
    worstMicroUsd: 82_610,
    spentMicroUsd: 41_160,
    savedMicroUsd: 41_200,
  },
  budget: {
    state: 'fail',
    rules: [
      { id: 'build', limitMicroUsd: 10_000, actualMicroUsd: 82_610, level: 'error', state: 'fail' },
    ],
  },
  problems: [
    {
      code: 'attribute-unknown',
      severity: 'error',
      message: 'Unexpected attribute `sise`, did you mean `size`',
      file: 'posts/owl.md',
      line: 1,
      column: 15,
      url: 'https://example.com/#attribute-unknown',
    },
    {
      code: 'alt-missing',
      severity: 'warning',
      message: 'No `alt`',
      file: 'posts/owl.md',
      line: 7,
      column: 1,
      url: 'https://example.com/#alt-missing',
    },
  ],
  changedStyles: [{ style: 'brand', images: 3, estimateMicroUsd: 31_020, worstMicroUsd: 31_200 }],
  incidents: [],
}

test('a report for a terminal is a table, its problems and a summary', () => {
  expect(reportText(report)).toMatchInlineSnapshot(`
    "  stored   posts/fox.md:3:1     gpt-image-2 1536x1024 medium            a red fox
      bought   posts/fox.md:3:1 +1  gpt-image-2 1536x1024 medium  $0.04116  a hen and so on and so on and so on and so on and…
      refused  posts/fox.md:3:1     gpt-image-2 1536x1024 medium  $0.04116  狐と雪

    3 images from 4 directives: 1 stored, 1 bought, 1 refused
    looked into 12 files of **/*.md
    1 problem to mend
    1 warning; see \`imprompt lint\`
    expected $0.08232, at most $0.08261 of a budget of $0.01, over budget
    spent $0.04116, reuse saved $0.0412, 2 requests, 18 files encoded"
  `)
})

test('a model that retires is told, as no lint of the prompts tells it', () => {
  const message = '`brush` of `studio` is retired on 2026-12-01; name another model'
  const [problem] = report.problems
  if (problem === undefined) throw new Error('no problem')
  const retiring = { ...problem, code: 'model-retiring', severity: 'warning', message } as const
  const lines = reportText({ ...report, problems: [retiring] }).split('\n')
  expect(lines).toContain(`warning: ${message}`)
  expect(lines.filter((line) => line.includes('lint'))).toEqual([])
})

test('a plan tells drafts apart, and styles whose text has changed', () => {
  const untouched = { bought: 0, refused: 0, requests: 0, spentMicroUsd: 0 }
  const totals = { ...report.totals, ...untouched, stored: 0, new: 3, drafts: 1 }
  const plan = { ...report, images: [], problems: [], totals }
  expect(reportText(plan)).toMatchInlineSnapshot(`
    "3 images from 4 directives: 2 new, 1 draft
    looked into 12 files of **/*.md
    price $0.08232, at most $0.08261 of a budget of $0.01, over budget
    1 image on drafts alone, not bought before they are published
    style \`brand\` has another text: 3 images would be bought anew for $0.03102; \`imprompt generate --keep-style\` keeps what there is"
  `)
})

test.for([
  ['bought', { bought: 1 }],
  ['asked for', { requests: 1 }],
  ['paid for', { spentMicroUsd: 41_160 }],
] as const)('what is left new makes no plan of a run in which a picture was %s', ([, done]) => {
  const untouched = { bought: 0, refused: 0, requests: 0, spentMicroUsd: 0 }
  const totals = { ...report.totals, ...untouched, new: 1, ...done }
  const text = reportText({ ...report, images: [], totals })
  expect(text).toContain('\nspent $')
  expect(text).not.toContain('--keep-style')
})

test.for([
  [
    { settledMicroUsd: 84_300, unknownMicroUsd: 0 },
    [
      '2026-11 so far, by the ledgers in this store: $0.0843; a projection for the whole month: $0.2529',
    ],
  ],
  [
    { settledMicroUsd: 84_300, unknownMicroUsd: 50_000 },
    [
      '2026-11 so far, by the ledgers in this store: $0.0843, up to $0.05 more of unknown outcome; a projection for the whole month: $0.2529',
    ],
  ],
  [{ settledMicroUsd: 0, unknownMicroUsd: 0 }, []],
] as const)('a month of %j is told after what the build spent', ([spent, told]) => {
  const month = { name: '2026-11', ...spent, projectedMicroUsd: 252_900 }
  const lines = reportText({ ...report, month }).split('\n')
  const isSpent = (line: string): boolean => line.startsWith('spent $')
  expect(lines.slice(lines.findIndex(isSpent) + 1)).toEqual(told)
})

test('a report of nothing says so', () => {
  const totals = Object.fromEntries(Object.keys(report.totals).map((name) => [name, 0]))
  const nothing = {
    ...report,
    images: [],
    problems: [],
    changedStyles: [],
    incidents: [],
    totals: { ...report.totals, ...totals },
  }
  expect(reportText(nothing)).toMatchInlineSnapshot(`
    "0 images from 0 directives: none
    looked into 12 files of **/*.md
    spent $0.00, reuse saved $0.00, 0 requests, 0 files encoded"
  `)
})

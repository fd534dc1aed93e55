import { describe, expect, test } from 'vitest'
import { annotations } from '../../../packages/core/src/report/annotations.ts'
import { galleryPage } from '../../../packages/core/src/report/gallery/page.ts'
import { ledgerAccountOf } from '../../../packages/core/src/report/ledger.ts'
import { ledgerText } from '../../../packages/core/src/report/ledger-text.ts'
import { reportJson } from '../../../packages/core/src/report/report-file.ts'
import { reportSchema } from '../../../packages/core/src/report/schema.ts'
import { reportText } from '../../../packages/core/src/report/text.ts'
import { hostilePrompts } from '../../support/gallery-sample.ts'
import { boughtAt } from '../../support/ledger-lines.ts'
import { newImage, sampleReport } from '../../support/sample-report.ts'

const [marks = '', ...others] = hostilePrompts
const report = sampleReport(
  hostilePrompts.map((prompt, at) => ({
    ...newImage,
    key: at.toString(16).padStart(64, '0'),
    prompt,
    places: [{ file: `posts/${at % 2 === 0 ? 'a|b' : 'fox'}.md`, line: at + 1, column: 1 }],
  })),
  {
    problems: others.slice(0, 6).map((text, at) => ({
      code: 'attribute-unknown',
      severity: at === 0 ? 'error' : 'warning',
      message: `Unexpected attribute \`${text.slice(0, 60)}\`, 100 % of ${marks}`,
      file: 'posts/a|b,c:d.md',
      line: at + 1,
      column: 1,
      url: 'https://example.com/#attribute-unknown',
    })),
  },
)

/** Every format but Markdown, which has golden files of its own. */
const formats: Readonly<Record<string, () => string>> = {
  'terminal.txt': () => reportText(report),
  'report.json': () => reportJson(report),
  'annotations.txt': () => annotations(report.problems).join('\n'),
  'gallery.html': () =>
    galleryPage({
      report,
      pictures: new Map(),
      account: { attempts: [], faults: [] },
      prompts: 'full',
    }),
  'ledger.txt': () => {
    const attempts = hostilePrompts.map((page, at) =>
      boughtAt('2026-11-01T00:00:00.000Z', 40_000 + at, { page }),
    )
    const site = { root: '/srv/blog', folder: '/srv/blog/.imprompt/ledger' }
    const question = { by: 'page', now: new Date('2026-11-10T06:00:00Z') } as const
    return ledgerText(ledgerAccountOf({ attempts, faults: [] }, site, question))
  },
}

describe('hostile prompts, one of 32,000 characters', () => {
  test.for(Object.keys(formats))('are what stands in golden/%s', async (name) => {
    // As it is encoded.
    await expect(formats[name]?.().toWellFormed()).toMatchFileSnapshot(`golden/${name}`)
  })

  test('come back from JSON as they were', () => {
    const read = reportSchema.parse(JSON.parse(reportJson(report)))
    expect(read.images.map(({ prompt }) => prompt)).toEqual(hostilePrompts)
  })

  test.for(['terminal.txt', 'annotations.txt', 'ledger.txt'])('stay text in %s', (name) => {
    const text = formats[name]?.() ?? ''
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u)
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(400)
  })
})

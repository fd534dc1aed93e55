import type { Report, ReportedImage } from '../../packages/core/src/report/report.ts'
import { noTotals } from '../../packages/core/src/report/failure.ts'

export const sampleImage: ReportedImage = {
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

/** An image that a plan would buy. */
export const newImage: ReportedImage = {
  ...sampleImage,
  state: 'new',
  estimate: {
    microUsd: 41_160,
    worstMicroUsd: 41_305,
    basis: 'upper-bound',
    asOf: '2026-11-22',
    source: 'a table of prices',
  },
}

/** A report of these images, whose totals are counted, with what else is given. */
export function sampleReport(
  images: readonly ReportedImage[],
  more: Partial<Omit<Report, 'totals'>> & { readonly totals?: Partial<Report['totals']> } = {},
): Report {
  const states = Object.entries(Object.groupBy(images, ({ state }) => state))
  const news = images.filter(({ state, isDraft }) => state === 'new' && isDraft !== true)
  const sumOf = (field: 'microUsd' | 'worstMicroUsd'): number =>
    news.reduce((sum, { estimate }) => sum + (estimate?.[field] ?? 0), 0)
  return {
    schema: 1,
    content: { globs: ['**/*.md'], files: 12 },
    images,
    budget: {
      state: 'pass',
      rules: [
        {
          id: 'build',
          limitMicroUsd: 1_000_000,
          actualMicroUsd: sumOf('worstMicroUsd'),
          level: 'error',
          state: 'pass',
        },
      ],
    },
    problems: [],
    changedStyles: [],
    incidents: [],
    ...more,
    totals: {
      ...noTotals,
      directives: images.length,
      images: images.length,
      ...Object.fromEntries(states.map(([state, all]) => [state, all.length])),
      drafts: images.filter(({ isDraft }) => isDraft === true).length,
      estimateMicroUsd: sumOf('microUsd'),
      worstMicroUsd: sumOf('worstMicroUsd'),
      spentMicroUsd: images.reduce((sum, { spentMicroUsd }) => sum + spentMicroUsd, 0),
      ...more.totals,
    },
  }
}

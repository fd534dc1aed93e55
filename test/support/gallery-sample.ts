import sharp from 'sharp'
import { type LedgerLine, type RequestHash } from '../../packages/core/src/ports.ts'
import { requestHashOf } from '../../packages/core/src/key/key.ts'
import { drawSketch } from '../../packages/core/src/provider/sketch/draw.ts'
import type { PictureFacts } from '../../packages/core/src/report/gallery/figure.ts'
import type { GalleryInput } from '../../packages/core/src/report/gallery/page.ts'
import { noTotals } from '../../packages/core/src/report/failure.ts'
import {
  type Report,
  type ReportedImage,
  imageStates,
} from '../../packages/core/src/report/report.ts'

/** Prompts that are code, an end of text, a command, or hard to see, to somebody who gets them. */
export const hostilePrompts: readonly string[] = [
  'a | b || c',
  '`code` ```fence``` ${alert(1)}',
  '</p></script></style><script>document.title = "broken"</script>',
  `"><img src=x onerror="document.title='broken'"> ' onload='document.title=1`,
  '<!-- --!> ]]> <![CDATA[ &lt; &amp;amp; &#x3C;',
  'a line\nanother\r\nand\ta tab\u0085\u2028\u2029',
  'rises \u202Etxet siht\u202C \u2066isolated\u2069 \u200Fmark',
  'nul \u0000 escape \u001B[31m bell \u0007 delete \u007F',
  'zero\u200Bwidth \uFEFF\u00AD\u{E0041} lone \uD800 end',
  'a family 👨‍👩‍👧, a heart ❤️, a flag 🏴󠁧󠁢󠁳󠁣󠁴󠁿, 狐と雪, ثعلب أحمر',
  `long ${'and so on '.repeat(3_199)}`,
]

/** An image as a report tells it; number and state say what is left out of `more`. */
export function sampleImage(number: number, more: Partial<ReportedImage> = {}): ReportedImage {
  return {
    key: number.toString(16).padStart(64, '0'),
    state: 'stored',
    places: [{ file: `posts/${number % 40}.md`, line: 3 + number, column: 1 }],
    prompt: `a red fox in the snow, number ${number}`,
    provider: 'openai',
    model: 'gpt-image-2',
    size: '1536x1024',
    quality: 'medium',
    spentMicroUsd: 0,
    ...more,
  }
}

/** A report of these images, whose totals count their states. */
export function sampleReport(images: readonly ReportedImage[], more: Partial<Report> = {}): Report {
  const counts = imageStates.map(
    (state) => [state, images.filter((image) => image.state === state).length] as const,
  )
  return {
    schema: 1,
    content: { globs: ['**/*.md'], files: 40 },
    images,
    totals: {
      ...noTotals,
      ...Object.fromEntries(counts),
      directives: images.length + 1,
      images: images.length,
      spentMicroUsd: 41_160,
      savedMicroUsd: 1_240_000,
      requests: 2,
    },
    budget: {
      state: 'pass',
      rules: [
        {
          id: 'build',
          limitMicroUsd: 1_000_000,
          actualMicroUsd: 82_320,
          level: 'error',
          state: 'pass',
        },
      ],
    },
    problems: [],
    changedStyles: [],
    incidents: [],
    ...more,
  }
}

/** An original as a report tells it. */
export const sampleOriginal: NonNullable<ReportedImage['original']> = {
  sha256: 'b'.repeat(64),
  width: 1536,
  height: 1024,
  bytes: 1_912_345,
}

/** What the store tells of a picture. */
export function sampleFacts(url: string, more: Partial<PictureFacts> = {}): PictureFacts {
  const size = { width: 1536, height: 1024 }
  return {
    entry: {
      request: { provider: 'openai', model: 'gpt-image-2', prompt: 'a red fox', size, take: 1 },
      cost: { microUsd: 41_160, basis: 'usage' },
      boughtAt: '2026-11-02T08:30:00.000Z',
    },
    thumbnail: { url, width: 400, height: 267 },
    pageBytes: 84_210,
    ...more,
  }
}

/** An attempt as a ledger tells it, of this month and model. */
export function sampleAttempt(
  number: number,
  month: string,
  model: string,
  end: 'bought' | 'unknown' = 'bought',
): LedgerLine {
  const common = {
    schema: 1,
    attempt: `${number}`,
    at: `${month}-02T08:30:00.000Z`,
    requestHash: requestOf(number),
    provider: 'openai',
    model,
    worstMicroUsd: 50_000,
  } as const
  return end === 'unknown'
    ? { ...common, end }
    : { ...common, end, microUsd: 41_160, basis: 'usage' }
}

function requestOf(take: number): RequestHash {
  const size = { width: 1536, height: 1024 }
  return requestHashOf({ provider: 'openai', model: 'gpt-image-2', prompt: 'a fox', size, take })
}

const subjects = [
  'a red fox asleep in deep snow',
  'a lighthouse at dusk, storm coming',
  'three boats in a quiet harbour',
  'a bowl of lemons on a linen cloth',
  'an owl on a fence post at night',
  'a steam train crossing a viaduct',
  'mountains above a meadow',
  'a castle on a cliff by the sea',
]

/** A gallery as a site of some years has it: drawn pictures, all states, several models and pages. */
export async function largeGallery(images: number): Promise<GalleryInput> {
  const urls = await Promise.all(subjects.map((subject, at) => drawnUrl(subject, at)))
  const all = Array.from({ length: images }, (_, number) => largeImage(number))
  const pictures = all.flatMap(({ key, original }, number) =>
    original === undefined ? [] : [[key, sampleFacts(urls[number % urls.length] ?? '')] as const],
  )
  const months = ['2026-08', '2026-09', '2026-10', '2026-11']
  const attempts = all.map((_, number) => {
    const month = months[Math.floor(Math.sqrt(number / 40))] ?? ''
    const model = largeModels[number % 3] ?? ''
    return sampleAttempt(number, month, model, number % 50 === 7 ? 'unknown' : 'bought')
  })
  return {
    report: sampleReport(all),
    pictures: new Map(pictures),
    account: { attempts, faults: [] },
    prompts: 'excerpt',
  }
}

const largeModels = ['gpt-image-2', 'gpt-image-2.5-flare', 'gpt-image-1.5-mini']

function largeImage(number: number): ReportedImage {
  const isReused = number % 10 < 7
  const state = isReused ? 'stored' : (imageStates[number % imageStates.length] ?? 'stored')
  const hasOriginal = ['stored', 'pinned', 'shared', 'bought'].includes(state)
  const hostile =
    number % 5 === 3 ? hostilePrompts[Math.floor(number / 5) % hostilePrompts.length] : undefined
  return sampleImage(number, {
    state,
    model: largeModels[number % 3] ?? '',
    prompt: hostile ?? `${subjects[number % subjects.length]}, in gouache, number ${number}`,
    ...(hasOriginal ? { original: sampleOriginal } : { estimate }),
  })
}

const estimate = {
  microUsd: 41_160,
  worstMicroUsd: 41_305,
  basis: 'upper-bound',
  asOf: '2026-11-01',
  source: 'https://openai.com/api/pricing',
} as const

async function drawnUrl(prompt: string, at: number): Promise<string> {
  const size = at % 3 === 2 ? { width: 300, height: 300 } : { width: 400, height: 267 }
  const drawn = await drawSketch({ prompt, size, take: 1 }, 'sketch')
  const bytes = await sharp(drawn).avif({ quality: 55, effort: 2 }).toBuffer()
  return `data:image/avif;base64,${bytes.toString('base64')}`
}

import { type ChildProcess, fork } from 'node:child_process'
import { once as event } from 'node:events'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { credentials, makeProject } from '../support/project.ts'
import type { BuyerOptions, BuyerReport } from './memory-buyer.ts'

/** Of pictures of 2 MB. If a process kept them, 200 would take 300 MB more than 50, twice as much as the whole of it. */
const likeness = 1.25

test('memory grows with the pictures under way at once, not with the pictures', async () => {
  const few = await peakOf({ count: 50, concurrency: 4 })
  const many = await peakOf({ count: 200, concurrency: 4 })
  const fewWide = await peakOf({ count: 50, concurrency: 16 })
  const manyWide = await peakOf({ count: 200, concurrency: 16 })
  expect(compare('200 pictures / 50, 4 at once', many, few).peak).toBeLessThan(likeness)
  expect(compare('200 pictures / 50, 16 at once', manyWide, fewWide).peak).toBeLessThan(likeness)
  expect(compare('16 at once / 4, 200 pictures', manyWide, many).growth).toBeGreaterThan(1.1)
})

test('memory does not grow with the pictures of a batch', async () => {
  const few = await peakOf({ count: 50 })
  const many = await peakOf({ count: 200 })
  expect(compare('a batch of 200 pictures / of 50', many, few).peak).toBeLessThan(likeness)
})

/** Ratios of the peaks of resident memory, and of what came to it since the first purchase; prints them with the peaks. */
function compare(
  name: string,
  one: BuyerReport,
  other: BuyerReport,
): { readonly peak: number; readonly growth: number } {
  const peak = one.rssAtMost / other.rssAtMost
  const growth = (one.rssAtMost - one.rssAtStart) / (other.rssAtMost - other.rssAtStart)
  const held = one.heldAtMost / other.heldAtMost
  const ratios = `peak ${peak.toFixed(2)}, growth ${growth.toFixed(2)}, V8 ${held.toFixed(2)}`
  const [mine, theirs] = [one, other].map(({ rssAtMost }) => (rssAtMost / 1e6).toFixed(0))
  console.log(name.padEnd(40), `${ratios}; ${mine} / ${theirs} MB`)
  return { peak, growth }
}

interface Purchase {
  readonly count: number
  /** Requests under way at once; a batch where it is left out. */
  readonly concurrency?: number
}

/** Each process buys once and looks at no other pictures: its peak is that of one purchase. */
async function peakOf({ count, concurrency }: Purchase): Promise<BuyerReport> {
  const server = run(new URL('./picture-server.ts', import.meta.url), [])
  try {
    const { port } = await firstWordOf<AddressInfo>(server)
    const directives = Array.from(
      { length: count },
      (_none, index) => `![gen: fox no. ${index}](size=816x816, quality=low)\n`,
    )
    using project = makeProject({
      'post.md': directives.join('\n'),
      'imprompt.config.js': `export default ${JSON.stringify({
        model: 'gpt-image-2-2026-04-21',
        budget: { build: 100 },
        concurrency,
      })}\n`,
      '.env.local': credentials(`http://127.0.0.1:${port}/v1`),
    })
    const folder = project.root
    if (concurrency !== undefined) return await buy({ folder, way: 'one by one' }, count)
    await buy({ folder, way: 'in batches' }, 0)
    return await buy({ folder, way: 'in batches' }, count)
  } finally {
    server.kill()
    await event(server, 'exit')
  }
}

async function buy(options: BuyerOptions, count: number): Promise<BuyerReport> {
  const report = await firstWordOf<BuyerReport>(
    run(new URL('./memory-buyer.ts', import.meta.url), [JSON.stringify(options)]),
  )
  expect(report.bought).toBe(count)
  return report
}

function run(file: URL, args: readonly string[]): ChildProcess {
  return fork(fileURLToPath(file), args)
}

/** A process that ends without a word fails the bench, rather than keep it waiting. */
function firstWordOf<Word>(child: ChildProcess): Promise<Word> {
  return new Promise((resolve, reject) => {
    child.once('message', (word: Word) => resolve(word))
    child.once('exit', (code) => reject(new Error(`a process of the bench ended with ${code}`)))
  })
}

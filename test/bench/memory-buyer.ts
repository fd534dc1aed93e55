import { openProject } from '@imprompt/core'

/** What a buyer is started with, as JSON in its first argument. */
export interface BuyerOptions {
  /** A project whose pictures are missing. */
  readonly folder: string
  readonly way: 'one by one' | 'in batches'
}

/** What it tells its parent at its end. */
export interface BuyerReport {
  readonly bought: number
  /** Of the process before its first purchase, and the most of its life. */
  readonly rssAtStart: number
  readonly rssAtMost: number
  /** The most that V8 held for objects and buffers, by a look every 10 ms. */
  readonly heldAtMost: number
}

const { folder, way }: BuyerOptions = JSON.parse(process.argv[2] ?? '')
const { pipeline, terms } = await openProject({ folder, environment: {} })
const scan = await pipeline.scan()
const rssAtStart = process.memoryUsage.rss()
let heldAtMost = 0
const looks = setInterval(() => {
  const { heapUsed, external } = process.memoryUsage()
  heldAtMost = Math.max(heldAtMost, heapUsed + external)
}, 10)
const { report, failure } =
  way === 'one by one'
    ? await pipeline.build(scan, terms, { isLazy: true })
    : await pipeline.generateInBatch(scan, terms)
clearInterval(looks)
if (failure !== undefined) throw failure
const rssAtMost = process.resourceUsage().maxRSS * 1_024
const result: BuyerReport = { bought: report.totals.bought, rssAtStart, rssAtMost, heldAtMost }
process.send?.(result)

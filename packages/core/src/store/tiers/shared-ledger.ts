import { hash } from 'node:crypto'
import pLimit from 'p-limit'
import { parseJson } from '../../json.ts'
import type { DerivedStore, LedgerLine, RemoteTier, SharedLedger, SharedLine } from '../../ports.ts'
import { readSharedLine, standing } from '../ledger-line.ts'
import { readText } from '../remote/read-text.ts'

/** A tier that keeps a ledger, and what was read of it before. */
export interface LedgerPlace {
  readonly name: string
  readonly tier: RemoteTier
  /** Keeps what was read, as no part of the ledger is ever written anew. */
  readonly fetched: Pick<DerivedStore, 'get' | 'put'>
}

/** As many parts are asked for at once at most. */
const maxStride = 32

/** Those of the largest batch that a provider takes stay below; nobody would read a longer part. */
const maxPartBytes = 50_000_000

/** So often others may be faster; it takes many more machines than any team has. */
const maxTries = 200

/**
 * A ledger in a remote tier: `ledger/<month>/<n>.jsonl`, each part written once, by whoever was the first to do so. Nothing
 * is listed and nothing deleted, like claims.
 */
export function tierLedger(place: LedgerPlace): SharedLedger {
  const logs = new Map<string, Promise<Log>>()
  const logOf = (month: string): Promise<Log> => {
    const log = logs.get(month) ?? cachedLog(month, place)
    logs.set(month, log)
    return log
  }
  // What one of this process reads the others need not.
  const inTurn = pLimit(1)
  const read = async (month: string): Promise<readonly LedgerLine[]> => {
    const log = await logOf(month)
    await catchUp(log, place)
    return log.told()
  }
  return {
    read: (month) => inTurn(read, month),
    add: (lines, objection) =>
      inTurn(async () => {
        const month = monthOf(lines[0].at)
        const log = await logOf(month)
        const text = `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`
        const bytes = Buffer.from(text)
        if (bytes.length > maxPartBytes)
          throw new Error(`the ledger of \`${place.name}\` takes no ${lines.length} lines at once`)
        for (let tries = 0; tries < maxTries; tries += 1) {
          const reason = objection?.(await read(month))
          if (reason !== undefined) return reason
          const part = partName(month, log.parts.length + 1)
          const written = await place.tier.create(part, bytes)
          if (written.kind === 'unknown') throw written.cause
          if (written.kind === 'written') {
            log.learn(text)
            return undefined
          }
          await catchUp(log, place)
        }
        throw new Error(`other machines wrote to the ledger of \`${place.name}\` without a pause`)
      }),
  }
}

/**
 * A ledger that machines keep only where they can wait for each other; elsewhere each has its own, with which whoever buys
 * there all the same makes do, unless what is bought outlives a machine in the tier alone.
 */
export function coordinatedLedger(
  ledger: SharedLedger,
  coordinates: () => Promise<boolean>,
  isOnlyRemote: boolean,
): SharedLedger {
  return {
    ...ledger,
    add: async (lines, objection) => {
      if (await coordinates()) return ledger.add(lines, objection)
      if (!isOnlyRemote) return objection?.([])
      throw new Error('no remote keeps a ledger of what other machines spent')
    },
  }
}

/** The month of a time, as `YYYY-MM`. */
function monthOf(at: string): string {
  return at.slice(0, 'YYYY-MM'.length)
}

function partName(month: string, part: number): string {
  return `ledger/${month}/${part}.jsonl`
}

/** What is known of a month. */
interface Log {
  readonly month: string
  readonly parts: readonly string[]
  learn(text: string): void
  told(): readonly LedgerLine[]
}

function logOfParts(month: string, known: readonly string[]): Log {
  const parts: string[] = []
  const lines: SharedLine[] = []
  const learn = (text: string): void => {
    lines.push(...text.split('\n').flatMap((line) => (line.trim() === '' ? [] : lineIn(line))))
    parts.push(text)
  }
  for (const text of known) learn(text)
  return {
    month,
    parts,
    learn,
    told: () => standing(lines).flatMap((line) => (line.end === 'released' ? [] : [line])),
  }
}

function lineIn(text: string): SharedLine {
  const line = readSharedLine(text)
  if (typeof line === 'object') return line
  const reason =
    line === 'newer' ? 'a newer version of imprompt wrote it' : 'it tells of no attempt'
  throw new Error(`a line of the ledger that machines share cannot be read: ${reason}`)
}

async function cachedLog(month: string, { name, fetched }: LedgerPlace): Promise<Log> {
  const bytes = await fetched.get(cacheKey(name, month), 'json')
  const value = bytes && parseJson(Buffer.from(bytes).toString('utf8'))
  const isKnown = Array.isArray(value) && value.every((one) => typeof one === 'string')
  return logOfParts(month, isKnown ? value : [])
}

function cacheKey(name: string, month: string): string {
  return hash('sha256', JSON.stringify(['ledger', name, month]))
}

/** Reads what others added: by strides that double, as long as all that is asked for is there. */
async function catchUp(log: Log, place: LedgerPlace): Promise<void> {
  const before = log.parts.length
  let stride = 2
  while (!(await hasEnded(log, stride, place))) stride = Math.min(stride * 2, maxStride)
  if (log.parts.length === before) return
  const text = Buffer.from(JSON.stringify(log.parts))
  // What is not kept is read once more.
  await place.fetched.put(cacheKey(place.name, log.month), 'json', text).catch(() => undefined)
}

/** Reads the next parts; answers whether there are no more, which only what is asked for beyond the end can tell. */
async function hasEnded(log: Log, stride: number, place: LedgerPlace): Promise<boolean> {
  const first = log.parts.length + 1
  const numbers = Array.from({ length: stride }, (_none, at) => first + at)
  const texts = await Promise.all(numbers.map((part) => partOf(log, part, place)))
  for (const [at, text] of texts.entries()) {
    if (text !== undefined) {
      log.learn(text)
      continue
    }
    const beyond = texts.slice(at + 1)
    if (beyond.every((one) => one === undefined)) return beyond.length > 0
    await fillGap(log, place)
    return false
  }
  return false
}

/** A part that was written while later ones were asked for is there by now, or was deleted. */
async function fillGap(log: Log, place: LedgerPlace): Promise<void> {
  const part = log.parts.length + 1
  const text = await partOf(log, part, place)
  const name = `${place.name}/${partName(log.month, part)}`
  if (text === undefined)
    throw new Error(`\`${name}\` was deleted, so that nobody can tell what was spent`)
  log.learn(text)
}

async function partOf(
  { month }: Log,
  part: number,
  { tier }: LedgerPlace,
): Promise<string | undefined> {
  return (await readText(tier, partName(month, part), maxPartBytes))?.text
}

import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { parseJson } from '../../json.ts'
import type { ClaimName, RemoteTier, Word } from '../../ports.ts'
import { type RemoteText, readText } from '../remote/read-text.ts'
import { holderSchema, hostSchema, isOneBoot } from './holder.ts'
import type { Ladder, Rung } from './ladder.ts'

const wordSchema: z.ZodType<Word> = z.object({
  kind: z.enum(['unpushed', 'unknown', 'submitted']),
  host: hostSchema.exactOptional(),
  since: z.iso.datetime(),
})

/** A claim, as far as it tells of more than its holder. */
const claimSchema = z.object({
  word: wordSchema.exactOptional(),
  isOver: z.literal(true).exactOptional(),
})

const maxClaimBytes = 10_000

/** Machines of one name must not judge by their own processes whether those of another one are gone. */
const elsewhere = ''

/**
 * Claims in a remote tier: `claims/<name>.<generation>`, and beside each its `.beat`, `.asked` and `.over`. Nothing is
 * listed and nothing deleted, so that credentials need neither right: the latest is found by reading.
 * A tier that does not answer makes every method reject, as a claim that cannot be read is not free.
 */
export function remoteLadder(tier: RemoteTier): Ladder {
  /** Our own latest claims. */
  const ours = new Map<ClaimName, number>()
  const read = (path: string): Promise<RemoteText | undefined> =>
    readText(tier, path, maxClaimBytes)
  const write = async (path: string, text: string): Promise<void> => {
    const written = await tier.put(path, Buffer.from(text))
    if (written.kind === 'unknown') throw written.cause
  }
  const end = (name: ClaimName, generation: number, word?: Word): Promise<void> =>
    write(
      `${pathOf(name, generation)}.over`,
      `${word === undefined ? 'over' : JSON.stringify(word)}\n`,
    )
  return {
    pollMs: 2000,
    beatMs: 30_000,
    top: async (name) => {
      const known = ours.get(name)
      const latest = await latestFrom(known ?? 1, (generation) => read(pathOf(name, generation)))
      if (latest === undefined) {
        if (known === undefined) return undefined
        const path = pathOf(name, known)
        throw new Error(`\`${path}\` was deleted, so that nobody can tell who claims it`)
      }
      const { generation, claim } = latest
      const path = pathOf(name, generation)
      const [beat, asked, over] = await Promise.all([
        read(`${path}.beat`),
        read(`${path}.asked`),
        read(`${path}.over`),
      ])
      return rungOf({ generation, claim, beat, asked, over })
    },
    climb: async (name, generation, claimant) => {
      // Every claim has another text, so that whose it is can be told by reading it.
      const text = JSON.stringify({ ...claimant, token: randomUUID() })
      const written = await tier.create(pathOf(name, generation), Buffer.from(text))
      if (written.kind === 'unknown') throw written.cause
      if (written.kind === 'written') ours.set(name, generation)
      return written.kind === 'written'
    },
    beat: (name, generation, count) => write(`${pathOf(name, generation)}.beat`, String(count)),
    begin: (name, generation, word) =>
      write(`${pathOf(name, generation)}.asked`, `${JSON.stringify(word)}\n`),
    end,
    clear: async (name) => {
      const generation = ours.get(name)
      if (generation !== undefined) await end(name, generation)
    },
  }
}

function pathOf(name: ClaimName, generation: number): string {
  return `claims/${name}.${generation}`
}

interface Latest {
  readonly generation: number
  readonly claim: RemoteText
}

/** Each claim is made right above the last, so that the latest is found by strides that double, and then by halving. */
async function latestFrom(
  lowest: number,
  read: (generation: number) => Promise<RemoteText | undefined>,
): Promise<Latest | undefined> {
  let latest: Latest | undefined
  let absent = Infinity
  let stride = 1
  let next = lowest
  while (next < absent) {
    const claim = await read(next)
    if (claim === undefined) absent = next
    else latest = { generation: next, claim }
    const below = latest?.generation ?? lowest - 1
    next = below + (absent === Infinity ? stride : Math.ceil((absent - below) / 2))
    stride *= 2
  }
  return latest
}

interface Claimed extends Latest {
  readonly beat: RemoteText | undefined
  readonly asked: RemoteText | undefined
  readonly over: RemoteText | undefined
}

function rungOf({ generation, claim, beat, asked, over }: Claimed): Rung {
  const told = parseJson(claim.text)
  const holder = holderSchema.safeParse(told).data
  const claimed = claimSchema.safeParse(told).data
  const left = over ?? asked
  const word = left === undefined ? claimed?.word : wordIn(left)
  return {
    generation,
    ...(word && { word }),
    holder: holder && (isOneBoot(holder) ? holder : { ...holder, machine: elsewhere }),
    isOver: over !== undefined || claimed?.isOver === true,
    beat: beat?.text ?? '',
    ageMs: Math.min(claim.ageMs, beat?.ageMs ?? claim.ageMs),
    claimedMs: claim.ageMs,
  }
}

function wordIn({ text }: RemoteText): Word | undefined {
  return wordSchema.safeParse(parseJson(text)).data
}

/** A stream of chance that is the same on every machine for the same words. */
export interface Random {
  /** At least `low`, below `high`. */
  between(low: number, high: number): number
  /** A whole number from `low` up to and including `high`. */
  whole(low: number, high: number): number
  chance(share: number): boolean
  pick<Item>(first: Item, ...others: readonly Item[]): Item
  /** An independent stream: what is drawn from it leaves this one alone. */
  branch(name: string): Random
}

/** Streams of equal seeds are equal. Mulberry32 over an FNV-1a hash of the seed. */
export function randomOf(seed: string): Random {
  const next = mulberry(hash(seed))
  const between = (low: number, high: number): number => low + (high - low) * next()
  const whole = (low: number, high: number): number => Math.floor(between(low, high + 1))
  return {
    between,
    whole,
    chance: (share) => next() < share,
    pick: (first, ...others) => others[whole(0, others.length) - 1] ?? first,
    branch: (name) => randomOf(`${seed}/${name}`),
  }
}

function mulberry(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

function hash(text: string): number {
  let value = 0x81_1c_9d_c5
  for (let at = 0; at < text.length; at += 1) {
    value = Math.imul(value ^ text.charCodeAt(at), 0x01_00_01_93)
  }
  return value >>> 0
}

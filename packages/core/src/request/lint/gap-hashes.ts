/** Two primes below 2^26, so that products stay exact, and a base for each. */
const fields = [
  { prime: 67_108_859, base: 131_071 },
  { prime: 67_108_837, base: 524_287 },
] as const

/**
 * Answers, for a sequence of words, a hash of it with a gap in place of each word, and with one before and after each:
 * sequences that differ by a word, be it another or one more, have a hash in common. Linear in the number of words, by
 * Rabin and Karp's rolling hash. Equal hashes are no proof.
 */
export function gapHasher(): (shape: string, words: readonly string[]) => readonly number[] {
  const numbers = new Map<string, number>()
  // A gap is 0, and so no word's number.
  const numberOf = (text: string): number => {
    const number = numbers.get(text) ?? numbers.size + 1
    numbers.set(text, number)
    return number
  }
  return (shape, words) => {
    const sequence = [numberOf(`shape ${shape}`), ...words.map(numberOf)]
    const [high, low] = fields.map((field) => gapHashesIn(sequence, field))
    return (high ?? []).map((hash, index) => hash * 2 ** 26 + (low?.[index] ?? 0))
  }
}

function gapHashesIn(
  sequence: readonly number[],
  { prime, base }: (typeof fields)[number],
): readonly number[] {
  const prefixes = [0]
  const powers = [1]
  for (const [index, number] of sequence.entries()) {
    prefixes.push(((prefixes[index] ?? 0) * base + number) % prime)
    powers.push(((powers[index] ?? 0) * base) % prime)
  }
  const whole = prefixes.at(-1) ?? 0
  const hashOf = (before: number, after: number): number => {
    const length = sequence.length - after
    const power = powers[length] ?? 0
    const suffix = (whole - (((prefixes[after] ?? 0) * power) % prime) + prime) % prime
    const opened = ((prefixes[before] ?? 0) * base) % prime
    return (((opened * power) % prime) + suffix) % prime
  }
  // The first number is the shape, which has no gap.
  const places = sequence.map((_number, index) => index).slice(1)
  return [
    ...places.map((index) => hashOf(index, index + 1)),
    ...[...places, sequence.length].map((index) => hashOf(index, index)),
  ]
}

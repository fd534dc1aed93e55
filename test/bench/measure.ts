/** One way of doing some work. */
export interface Contender {
  readonly name: string
  run(): unknown
  /**
   * How many times the work of one run stands for the whole, where only a sample of it is run.
   * @default 1
   */
  readonly times?: number
}

interface Cost {
  readonly ms: number
  /** Of every thread of the process: what a machine that others use as well distorts least. */
  readonly cpuMs: number
}

/**
 * Runs ours and each other in turn, five rounds or as many as are asked for, after a round that does not count. Prints
 * a line for each other: the median over rounds of our time by its time with the range, the same of CPU time, and the
 * median times.
 */
export async function compare(
  ours: Contender,
  others: readonly Contender[],
  rounds = 5,
): Promise<void> {
  const contenders = [ours, ...others]
  await costsOf(contenders)
  const costs: ReadonlyMap<Contender, Cost>[] = []
  // Whoever runs later finds a warmer machine: the order alternates.
  for (let round = 0; round < rounds; round += 1)
    costs.push(await costsOf(round % 2 === 0 ? contenders : contenders.toReversed()))
  for (const other of others) {
    const mine = costs.flatMap((round) => round.get(ours) ?? [])
    const theirs = costs.flatMap((round) => round.get(other) ?? [])
    console.log(`${`${ours.name} / ${other.name}`.padEnd(108)} ${figuresOf(mine, theirs)}`)
  }
}

async function costsOf(contenders: readonly Contender[]): Promise<ReadonlyMap<Contender, Cost>> {
  const costs = new Map<Contender, Cost>()
  for (const contender of contenders) costs.set(contender, await costOf(contender))
  return costs
}

/** Nobody pays for the litter of the run before. */
async function costOf({ run, times = 1 }: Contender): Promise<Cost> {
  globalThis.gc?.()
  const start = performance.now()
  const cpuStart = process.cpuUsage()
  await run()
  const { user, system } = process.cpuUsage(cpuStart)
  return { ms: (performance.now() - start) * times, cpuMs: ((user + system) / 1_000) * times }
}

function figuresOf(mine: readonly Cost[], theirs: readonly Cost[]): string {
  const ratios = ratiosOf(mine, theirs, 'ms')
  return [
    figure(median(ratios)).padStart(6),
    `(${figure(Math.min(...ratios))}–${figure(Math.max(...ratios))})`.padEnd(17),
    `CPU ${figure(median(ratiosOf(mine, theirs, 'cpuMs'))).padStart(6)}`,
    `${figure(median(mine.map(({ ms }) => ms)))} / ${figure(median(theirs.map(({ ms }) => ms)))} ms`,
  ].join('  ')
}

function ratiosOf(
  mine: readonly Cost[],
  theirs: readonly Cost[],
  unit: keyof Cost,
): readonly number[] {
  return mine.map((cost, round) => cost[unit] / (theirs[round]?.[unit] ?? NaN))
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? NaN
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? NaN)) / 2
}

/** Three digits that count. */
function figure(value: number): string {
  return value < 100 ? value.toPrecision(3) : value.toFixed(0)
}

import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { noConsent } from '../../packages/core/src/plan/consent.ts'
import { recordedRequestOf, requestHashOf } from '../../packages/core/src/key/key.ts'
import type { Answer, GenerateInput, Provider, RemoteTier } from '../../packages/core/src/ports.ts'
import { type FakeDesk, endBatch, fakeDesk } from '../support/fake-batches.ts'
import { type FakeProvider, fakeProvider, requestIn, settingsOf } from '../support/fakes.ts'
import { type MemoryTier, memoryTier } from '../support/memory-tier.ts'
import { png } from '../support/pictures.ts'
import { type Team, teamMachine } from '../support/team.ts'

const never = new AbortController().signal

async function picture({ size }: Pick<GenerateInput, 'size'>): Promise<Answer> {
  return { kind: 'image', bytes: await png(size), microUsd: 41_000 }
}

/** A provider that takes batches as well. */
function batching(provider: Provider, desk = fakeDesk()): Provider {
  return {
    ...provider,
    connect: (environment) => {
      const connection = provider.connect(environment)
      return connection.kind === 'ready' ? { ...connection, batch: desk } : connection
    },
    estimateInBatch: (input) => provider.estimate(input),
  }
}

function hashIn(provider: Provider, prompt: string) {
  const source = `![gen: ${prompt}](size=512x512, quality=low)`
  return requestHashOf(recordedRequestOf(requestIn(source, settingsOf({}, provider))))
}

/** A tier that takes no originals, as one that has no room for them. */
function fullTier(): RemoteTier {
  return {
    ...tier,
    create: async (name, bytes) =>
      name.startsWith('originals/')
        ? { kind: 'unknown', cause: new Error('it answered 507') }
        : tier.create(name, bytes),
  }
}

let tier: MemoryTier
let provider: FakeProvider
beforeEach(() => {
  tier = memoryTier()
  provider = fakeProvider(picture)
})

describe('a machine that waits for another one says so', () => {
  test('where that buys the same picture', async () => {
    using other = teamMachine({ tier, provider }, 'build-7', [])
    using machine = teamMachine({ tier, provider }, 'build-8', ['fox'])
    const claim = await other.claims.claim(hashIn(provider, 'fox'), never)
    const building = machine.build()
    await expect.poll(() => machine.lines).toHaveLength(1)
    await claim.end('open')
    expect((await building).failure).toBeUndefined()
    expect(machine.lines).toEqual([
      expect.stringMatching(
        /^Waiting for process 1 on `build-7`, which has been buying 1 picture of this build since \S+: post\.md:1:1$/,
      ),
    ])
  })

  test('where it has to finish an earlier purchase of it first', async () => {
    using other = teamMachine({ tier, provider }, 'build-7', [])
    using machine = teamMachine({ tier, provider }, 'build-8', [])
    const requestHash = hashIn(provider, 'fox')
    await machine.journal.begin({ id: randomUUID(), requestHash, worstMicroUsd: 50_000 })
    const claim = await other.claims.claim(requestHash, never)
    const building = machine.build()
    await expect.poll(() => machine.lines).toHaveLength(1)
    await claim.end('open')
    await building
    expect(machine.lines[0]).toMatch(/on `build-7`, which has been buying 1 picture/)
  })

  test('where that hands batches in', async () => {
    const team = { tier, provider: batching(provider) }
    using other = teamMachine(team, 'build-7', [])
    using machine = teamMachine(team, 'build-8', ['fox'])
    const claim = await other.claims.claim('batches', never)
    const running = machine.buildInBatch()
    await expect.poll(() => machine.lines).toHaveLength(1)
    await claim.end('open')
    expect((await running).failure).toBeUndefined()
    expect(machine.lines).toEqual([
      expect.stringMatching(/on `build-7`, which has been handing batches in since \S+$/),
    ])
  })
})

describe('what a machine bought and no remote took', () => {
  const word =
    /^post\.md:1:1 {2}Not bought: `build-7` bought it at 20\S+Z, and no remote took it: run `imprompt push` there, or `imprompt generate --retry-unknown` here to buy it once more\. Nothing was charged/

  test('is not bought by others, who say where it is', async () => {
    using first = teamMachine({ tier: fullTier(), provider }, 'build-7', ['fox'])
    using second = teamMachine({ tier, provider }, 'build-8', ['fox'])
    using third = teamMachine({ tier, provider }, 'build-9', ['fox'])
    const { report, failure } = await first.build()
    expect(failure).toBeUndefined()
    expect(report.incidents).toMatchObject([{ kind: 'unpushed', message: 'it answered 507' }])
    for (const other of [second, third, second]) {
      const refused = await other.build()
      expect(refused.failure?.code).toBe('IMAGES_MISSING')
      expect(refused.failure?.message).toMatch(word)
    }
    expect(provider.asked).toHaveLength(1)
  })

  test('is had by others once it is pushed', async () => {
    let isFull = true
    const filling: RemoteTier = {
      ...tier,
      create: (...written) => (isFull ? fullTier() : tier).create(...written),
    }
    using first = teamMachine({ tier: filling, provider }, 'build-7', ['fox'])
    using second = teamMachine({ tier, provider }, 'build-8', ['fox'])
    await first.build()
    expect((await second.build()).failure?.message).toMatch(word)
    isFull = false
    expect(await first.push()).toMatchObject({ moved: 1, faults: [] })
    const { failure, report } = await second.build()
    expect(failure).toBeUndefined()
    expect(report.totals).toMatchObject({ shared: 1, bought: 0 })
    expect(provider.asked).toHaveLength(1)
  })

  test('is not bought by whoever waited for it', async () => {
    const made = Promise.withResolvers<void>()
    const slow = fakeProvider(async (input) => {
      await made.promise
      return picture(input)
    })
    using first = teamMachine({ tier: fullTier(), provider: slow }, 'build-7', ['fox'])
    using second = teamMachine({ tier, provider: slow }, 'build-8', ['fox'])
    const buying = first.build()
    await expect.poll(() => slow.asked).toHaveLength(1)
    const waiting = second.build()
    await expect.poll(() => second.lines).toHaveLength(1)
    made.resolve()
    expect((await buying).failure).toBeUndefined()
    expect((await waiting).failure?.message).toMatch(word)
    expect(slow.asked).toHaveLength(1)
  })

  test('is bought again by consent, and nobody is kept from it then', async () => {
    using first = teamMachine({ tier: fullTier(), provider }, 'build-7', ['fox'])
    using second = teamMachine({ tier, provider }, 'build-8', ['fox'])
    using third = teamMachine({ tier, provider }, 'build-9', ['fox'])
    await first.build()
    const consent = { ...noConsent, unknown: true }
    expect((await second.build({ consent })).report.totals.bought).toBe(1)
    expect((await third.build()).report.totals).toMatchObject({ shared: 1, bought: 0 })
    expect(provider.asked).toHaveLength(2)
  })

  test('is told by whoever is asked by consent, and makes nothing of it', async () => {
    const refusing = fakeProvider(async () => ({ kind: 'busy', message: 'later' }))
    using first = teamMachine({ tier: fullTier(), provider }, 'build-7', ['fox'])
    using second = teamMachine({ tier, provider: refusing }, 'build-8', ['fox'])
    using third = teamMachine({ tier, provider }, 'build-9', ['fox'])
    await first.build()
    const consent = { ...noConsent, unknown: true }
    expect((await second.build({ consent })).failure?.message).toContain('later')
    expect((await third.build()).failure?.message).toMatch(word)
    expect(provider.asked).toHaveLength(1)
  })
})

describe('what a machine may have been billed for without a picture', () => {
  const losing = fakeProvider(async () => ({ kind: 'unknown', message: 'no answer' }))

  test('is asked for by no other machine without consent', async () => {
    using first = teamMachine({ tier, provider: losing }, 'build-7', ['fox'])
    using second = teamMachine({ tier, provider }, 'build-8', ['fox'])
    using third = teamMachine({ tier, provider }, 'build-9', ['fox'])
    expect((await first.build()).failure?.code).toBe('OUTCOME_UNKNOWN')
    const { failure } = await second.build()
    expect(failure?.code).toBe('OUTCOME_UNKNOWN')
    expect(failure?.message).toMatch(
      /^post\.md:1:1 {2}The outcome is unknown, and up to \S+ may have been charged: `build-7` asked for it at 20\S+Z, and does not know what came of that\. It is not asked again before /,
    )
    const consent = { ...noConsent, unknown: true }
    expect((await second.build({ consent })).report.totals.bought).toBe(1)
    expect((await third.build()).report.totals).toMatchObject({ shared: 1, bought: 0 })
    expect(provider.asked).toHaveLength(1)
  })
})

describe('what waits in a batch of a machine', () => {
  const word =
    /^post\.md:1:1 {2}Not bought: it waits in a batch that `build-7` handed in at 20\S+Z: `imprompt generate --batch` collects it/

  const lost =
    /^post\.md:1:1 {2}The outcome is unknown, and up to \S+ may have been charged: `build-7` asked for it at 20\S+Z, and does not know what came of that\. It is not asked again before `imprompt generate (--batch )?--retry-unknown`/

  let desk: FakeDesk
  let team: Team
  beforeEach(() => {
    desk = fakeDesk()
    team = { tier, provider: batching(provider, desk) }
  })

  const answerWith = (answer: Answer): void => endBatch(desk, 'batch_1', [['fox', answer]])

  test('is not bought by others, who say where it waits', async () => {
    using first = teamMachine(team, 'build-7', ['fox'])
    using second = teamMachine(team, 'build-8', ['fox', 'hen'])
    expect((await first.buildInBatch()).failure).toBeUndefined()
    for (const consent of [noConsent, { ...noConsent, unknown: true }]) {
      const { failure } = await second.build({ consent })
      expect(failure?.code).toBe('IMAGES_MISSING')
      expect(failure?.message).toMatch(word)
    }
    expect(provider.asked.map(({ prompt }) => prompt)).toEqual(['hen'])
  })

  test('is had by others once it is collected', async () => {
    using first = teamMachine(team, 'build-7', ['fox'])
    using second = teamMachine(team, 'build-8', ['fox'])
    await first.buildInBatch()
    await second.build()
    answerWith(await picture({ size: { width: 512, height: 512 } }))
    expect((await first.buildInBatch()).report.totals.bought).toBe(1)
    expect((await second.build()).report.totals).toMatchObject({ shared: 1, bought: 0 })
    expect(provider.asked).toEqual([])
  })

  test('is told to be on that machine where no remote takes it', async () => {
    using first = teamMachine({ ...team, tier: fullTier() }, 'build-7', ['fox'])
    using second = teamMachine(team, 'build-8', ['fox'])
    await first.buildInBatch()
    answerWith(await picture({ size: { width: 512, height: 512 } }))
    await first.buildInBatch()
    expect((await second.build()).failure?.message).toContain('`build-7` bought it at')
    expect(provider.asked).toEqual([])
  })

  test('is bought by others where the batch came to nothing', async () => {
    using first = teamMachine(team, 'build-7', ['fox'])
    using second = teamMachine(team, 'build-8', ['fox'])
    await first.buildInBatch()
    answerWith({ kind: 'refused', scope: 'image', code: 'size', message: 'too large' })
    await first.buildInBatch()
    expect((await second.build()).report.totals.bought).toBe(1)
  })

  test('is not bought by others where it waits in another batch as well', async () => {
    using first = teamMachine(team, 'build-7', ['fox'])
    using second = teamMachine(team, 'build-8', ['fox'])
    await first.buildInBatch()
    desk.batches.push({
      state: { id: 'batch_2', order: 'another', status: 'waiting', message: 'in progress' },
      requests: new Map([[hashIn(provider, 'fox'), 'fox']]),
      answers: [],
    })
    answerWith({ kind: 'refused', scope: 'image', code: 'size', message: 'too large' })
    await first.buildInBatch()
    expect((await second.build()).failure?.message).toMatch(word)
    expect(provider.asked).toEqual([])
  })

  test('is not bought by others where nobody knows what became of it', async () => {
    using first = teamMachine(team, 'build-7', ['fox'])
    const own = fakeDesk()
    using second = teamMachine({ tier, provider: batching(provider, own) }, 'build-8', ['fox'])
    await first.buildInBatch()
    answerWith({ kind: 'unknown', message: 'no answer' })
    await first.buildInBatch()
    for (const build of [second.build, second.buildInBatch]) {
      const { failure } = await build()
      expect(failure?.code).toBe('OUTCOME_UNKNOWN')
      expect(failure?.message).toMatch(lost)
    }
    expect(provider.asked).toEqual([])
    expect(own.asked).toEqual([])
  })

  test.for([
    ['brought no answer', () => answerWith({ kind: 'unknown', message: 'no answer' })],
    ['is not known any more', () => desk.batches.splice(0)],
  ] as const)('is bought again by consent at once where the batch %s', async ([, end]) => {
    using first = teamMachine(team, 'build-7', ['fox'])
    await first.buildInBatch()
    end()
    expect((await first.buildInBatch()).failure?.code).toBe('OUTCOME_UNKNOWN')
    const { failure, report } = await first.build({ consent: { ...noConsent, unknown: true } })
    expect(failure).toBeUndefined()
    expect(report.totals.bought).toBe(1)
  })

  test('is bought again by consent once content asks for it again, too', async () => {
    using first = teamMachine(team, 'build-7', ['fox'])
    await first.buildInBatch()
    first.ask(['hen'])
    desk.batches.splice(0)
    await first.buildInBatch()
    first.ask(['fox'])
    const { report } = await first.build({ consent: { ...noConsent, unknown: true } })
    expect(report.totals.bought).toBe(1)
  })

  test.for([
    ['is refused', { kind: 'refused', scope: 'run', code: 'quota', message: 'no more' }, 1],
    ['is put off', { kind: 'busy', message: 'later' }, 1],
    ['may have been accepted', { kind: 'unknown', message: 'reset' }, 0],
  ] as const)('is bought by others unless it may wait, where a batch %s', async (one) => {
    const [, answer, bought] = one
    desk.submit = async () => answer
    using first = teamMachine(team, 'build-7', ['fox'])
    using second = teamMachine(team, 'build-8', ['fox'])
    await first.buildInBatch()
    expect((await second.build()).report.totals.bought).toBe(bought)
  })

  test('is none that another machine is buying, or waits in a batch of another account', async () => {
    using first = teamMachine(team, 'build-7', ['fox'])
    using second = teamMachine(team, 'build-8', ['hen'])
    const own = fakeDesk()
    const other = { tier, provider: batching(provider, own) }
    using third = teamMachine(other, 'build-9', ['fox', 'hen', 'owl'])
    await first.buildInBatch()
    const claim = await second.claims.claim(hashIn(provider, 'hen'), never)
    const { failure } = await third.buildInBatch()
    await claim.end('open')
    expect(failure?.message).toContain('it waits in a batch that `build-7` handed in')
    expect(failure?.message).toContain(
      'post.md:3:1  Not bought: a build asks for it at this moment',
    )
    expect(own.asked).toEqual(['submit owl'])
  })

  test.for(['is handed in', 'was put off'] as const)(
    'is bought by others where the run is stopped while it %s',
    async (moment) => {
      const stop = new AbortController()
      const tells = `claims/${hashIn(provider, 'fox')}.1`
      const stopping: RemoteTier = {
        ...tier,
        create: async (name, bytes) => {
          if (name === tells && moment === 'is handed in') stop.abort()
          return tier.create(name, bytes)
        },
      }
      desk.submit = async () => {
        stop.abort()
        return { kind: 'busy', message: 'later' }
      }
      using first = teamMachine({ ...team, tier: stopping }, 'build-7', ['fox'])
      using second = teamMachine(team, 'build-8', ['fox'])
      const { failure } = await first.buildInBatch({ stop: stop.signal })
      expect(failure?.message).toContain(moment === 'was put off' ? 'later' : 'was stopped')
      expect((await second.build()).report.totals.bought).toBe(1)
    },
  )

  test('does not wait for a claim once the run is stopped', async () => {
    const stop = new AbortController()
    using first = teamMachine(team, 'build-7', ['fox'])
    using second = teamMachine(team, 'build-8', [])
    desk.submit = async () => {
      await second.claims.claim(hashIn(provider, 'fox'), never)
      stop.abort()
      return { kind: 'busy', message: 'later' }
    }
    const { failure } = await first.buildInBatch({ stop: stop.signal })
    expect(failure?.message).toContain('later')
  })

  test('is none that another machine bought since the batch was planned', async () => {
    const first = `claims/${hashIn(provider, 'fox')}.1`
    let isFirst = true
    const delayed: RemoteTier = {
      ...tier,
      get: async (name, maxBytes) => {
        if (name === first && isFirst) {
          isFirst = false
          await second.build()
        }
        return tier.get(name, maxBytes)
      },
    }
    using machine = teamMachine({ ...team, tier: delayed }, 'build-7', ['fox', 'hen'])
    using second = teamMachine(team, 'build-8', ['fox'])
    using third = teamMachine(team, 'build-9', ['fox'])
    const { failure, report } = await machine.buildInBatch()
    expect(failure).toBeUndefined()
    expect(report.totals).toMatchObject({ bought: 0 })
    expect(provider.asked).toHaveLength(1)
    expect(desk.asked).toEqual(['submit hen'])
    const claim = await third.claims.claim(hashIn(provider, 'fox'), never)
    await claim.end('open')
    expect(claim.word).toBeUndefined()
  })

  test('is not handed in where other machines cannot be told', async () => {
    const mute: RemoteTier = {
      ...tier,
      create: async (name, bytes) =>
        name === `claims/${hashIn(provider, 'hen')}.1`
          ? { kind: 'unknown', cause: new Error('503') }
          : tier.create(name, bytes),
    }
    using first = teamMachine({ ...team, tier: mute }, 'build-7', ['fox', 'hen'])
    using second = teamMachine(team, 'build-8', ['fox', 'hen'])
    const { failure } = await first.buildInBatch()
    expect(failure?.message).toContain('other builds could not be kept from buying it as well: 503')
    expect(desk.batches).toEqual([])
    expect((await second.build()).report.totals.bought).toBe(2)
  })
})

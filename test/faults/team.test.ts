import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { noConsent } from '../../packages/core/src/plan/consent.ts'
import { recordedRequestOf, requestHashOf } from '../../packages/core/src/key/key.ts'
import type { Answer, GenerateInput, Provider, RemoteTier } from '../../packages/core/src/ports.ts'
import { fakeDesk } from '../support/fake-batches.ts'
import { type FakeProvider, fakeProvider, requestIn, settingsOf } from '../support/fakes.ts'
import { type MemoryTier, memoryTier } from '../support/memory-tier.ts'
import { png } from '../support/pictures.ts'
import { teamMachine } from '../support/team.ts'

const never = new AbortController().signal

async function picture({ size }: GenerateInput): Promise<Answer> {
  return { kind: 'image', bytes: await png(size), microUsd: 41_000 }
}

/** A provider that takes batches as well. */
function batching(desk = fakeDesk()): Provider {
  const provider = fakeProvider(picture)
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
    const team = { tier, provider: batching() }
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

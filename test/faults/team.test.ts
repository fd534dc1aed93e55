import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { recordedRequestOf, requestHashOf } from '../../packages/core/src/key/key.ts'
import type { Answer, GenerateInput, Provider } from '../../packages/core/src/ports.ts'
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
    await claim.end(false)
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
    await claim.end(false)
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
    await claim.end(false)
    expect((await running).failure).toBeUndefined()
    expect(machine.lines).toEqual([
      expect.stringMatching(/on `build-7`, which has been handing batches in since \S+$/),
    ])
  })
})

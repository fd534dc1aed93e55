import { beforeEach, describe, expect, test } from 'vitest'
import type { Claims, Incident } from '../../../../packages/core/src/ports.ts'
import type { Capability } from '../../../../packages/core/src/store/remote/capability.ts'
import {
  type Coordination,
  coordinationOf,
} from '../../../../packages/core/src/store/tiers/coordination.ts'

const claims: Claims = {
  claim: () => Promise.reject(new Error('it was claimed')),
  isHeld: async () => false,
  reserve: () => Promise.reject(new Error('it was reserved')),
}

let told: Incident[]
let probes: number
beforeEach(() => {
  told = []
  probes = 0
})

interface Terms {
  readonly isBestEffort?: boolean
  readonly isOnlyRemote?: boolean
}

/** How builds wait for each other by a tier that is found to be so, one time after the other. */
function coordination(terms: Terms, ...found: readonly Capability[]): Coordination {
  const place = {
    name: 'memory',
    claims,
    probe: async (): Promise<Capability> => {
      probes += 1
      return found[probes - 1] ?? { kind: 'newer', reason: 'it was asked too often' }
    },
  }
  return coordinationOf(found.length === 0 ? undefined : place, {
    isBestEffort: false,
    isOnlyRemote: false,
    tell: (incident) => told.push(incident),
    ...terms,
  })
}

const reason = 'a reason'
const strict: Terms = {}
const easy: Terms = { isBestEffort: true }
const easyRemote: Terms = { isBestEffort: true, isOnlyRemote: true }

test.for([strict, easy, easyRemote])(
  'a tier that coordinates is claimed on (%j)',
  async (terms) => {
    const { obstacle, claims: across } = coordination(terms, { kind: 'coordinates' })
    expect(await obstacle()).toBeUndefined()
    expect(await across()).toBe(claims)
    expect(await obstacle()).toBeUndefined()
    expect(probes).toBe(1)
    expect(told).toEqual([])
  },
)

describe('a tier that does not coordinate', () => {
  test.for(['uncoordinated', 'read-only', 'unreachable'] as const)(
    'as it is %s keeps from buying',
    async (kind) => {
      const { obstacle, claims: across } = coordination(strict, { kind, reason })
      expect(await obstacle()).toMatch(
        /^the remote `memory`: a reason; `coordination: 'best-effort'`/,
      )
      expect(await across()).toBeUndefined()
      expect(told).toEqual([])
    },
  )

  test.for([
    ['uncoordinated', easy],
    ['read-only', easy],
    ['unreachable', easy],
    ['uncoordinated', easyRemote],
  ] as const)(
    'as it is %s keeps from nothing where a person says so, which is told (%j)',
    async ([kind, terms]) => {
      const { obstacle, claims: across } = coordination(terms, { kind, reason })
      expect(await obstacle()).toBeUndefined()
      expect(await across()).toBeUndefined()
      expect(told).toMatchObject([
        { kind: 'uncoordinated', where: 'memory', message: expect.stringContaining(reason) },
      ])
    },
  )

  test.for([
    ['read-only', easyRemote],
    ['unreachable', easyRemote],
    ['newer', easyRemote],
    ['newer', easy],
  ] as const)(
    'as it is %s keeps from buying what could not be kept there (%j)',
    async ([kind, terms]) => {
      const { obstacle } = coordination(terms, { kind, reason })
      expect(await obstacle()).toMatch(/^the remote `memory`: a reason; /)
      expect(told).toEqual([])
    },
  )
})

test('a newer form asks for an update and for nothing else', async () => {
  const { obstacle } = coordination(strict, { kind: 'newer', reason })
  expect(await obstacle()).toBe('the remote `memory`: a reason; update imprompt')
})

test('a tier that could not be reached is asked again by the next build', async () => {
  const away: Capability = { kind: 'unreachable', reason }
  const { obstacle, claims: across } = coordination(strict, away, away, { kind: 'coordinates' })
  expect(await obstacle()).toContain(reason)
  expect(await across()).toBeUndefined()
  expect(probes).toBe(1)
  expect(await obstacle()).toContain(reason)
  expect(await obstacle()).toBeUndefined()
  expect(await across()).toBe(claims)
  expect(probes).toBe(3)
})

test.for([
  [strict, /all remotes are `readOnly`.*best-effort/],
  [easyRemote, /`persist: 'remote'` needs a remote that is not `readOnly`/],
] as const)('tiers for reading alone keep from buying (%j)', async ([terms, message]) => {
  const { obstacle, claims: across } = coordination(terms)
  expect(await obstacle()).toMatch(message)
  expect(await across()).toBeUndefined()
})

test('tiers for reading alone keep from nothing where a person says so', async () => {
  expect(await coordination(easy).obstacle()).toBeUndefined()
})

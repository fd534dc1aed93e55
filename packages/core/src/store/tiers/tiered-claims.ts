import type { Claim, Claims } from '../../ports.ts'

/**
 * Claims on this disk first, so that builds of one machine do not race on the network, and then on the tier by which
 * machines wait for each other.
 * @param across Answers nothing where no tier coordinates, which a person has said is fine.
 */
export function tieredClaims(here: Claims, across: () => Promise<Claims | undefined>): Claims {
  return {
    isHeld: here.isHeld,
    claim: async (name, signal, waits) => {
      const inner = await here.claim(name, signal, waits)
      try {
        const claims = await across()
        return claims === undefined ? inner : bothOf(inner, await claims.claim(name, signal, waits))
      } catch (cause) {
        await inner.end(false)
        throw cause
      }
    },
  }
}

function bothOf(inner: Claim, outer: Claim): Claim {
  return {
    isOurs: async () => (await inner.isOurs()) && outer.isOurs(),
    end: async (isResolved) => {
      await outer.end(isResolved)
      await inner.end(isResolved)
    },
  }
}

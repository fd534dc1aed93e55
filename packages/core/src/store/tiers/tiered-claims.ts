import type { Claim, Claims } from '../../ports.ts'

/**
 * Claims on this disk first, so that builds of one machine do not race on the network, and then on the tier by which
 * machines wait for each other. What is held is told of this disk alone: what a journal has under way is under way by a
 * build that shares its disk, and a plan writes to no tier, as finding out what one coordinates does.
 * @param across Answers nothing where no tier coordinates, which a person has said is fine.
 */
export function tieredClaims(here: Claims, across: () => Promise<Claims | undefined>): Claims {
  return {
    isHeld: here.isHeld,
    reserve: async (request, isBinding) => {
      // Word is left to other machines: whoever shares this disk finds the batch in its journal.
      if (await here.isHeld(request)) return 'held'
      return (await across())?.reserve(request, isBinding) ?? 'reserved'
    },
    claim: async (name, signal, waits) => {
      const inner = await here.claim(name, signal, waits)
      try {
        const claims = await across()
        return claims === undefined ? inner : bothOf(inner, await claims.claim(name, signal, waits))
      } catch (cause) {
        await inner.end('open')
        throw cause
      }
    },
  }
}

function bothOf(inner: Claim, outer: Claim): Claim {
  const { word } = outer
  return {
    ...(word && { word }),
    begin: async () => (await inner.begin()) && outer.begin(),
    end: async (end) => {
      await outer.end(end)
      // Whoever shares this disk finds in its store what is nowhere else.
      await inner.end(end === 'unpushed' ? 'resolved' : end)
    },
  }
}

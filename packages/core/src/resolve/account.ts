/** Holds a build to its budget while requests are under way: spent + reserved never passes the limit. */
export interface Account {
  /** Sets the worst case of a request aside; answers false where the budget does not hold it. */
  reserve(worstMicroUsd: number): boolean
  /** Replaces a reservation by what the request cost; an unknown outcome costs its worst case. */
  settle(worstMicroUsd: number, actualMicroUsd: number): void
}

/** Opens an account that nothing was spent from. */
export function openAccount(limitMicroUsd: number): Account {
  let heldMicroUsd = 0
  return {
    reserve: (worstMicroUsd) => {
      if (heldMicroUsd + worstMicroUsd > limitMicroUsd) return false
      heldMicroUsd += worstMicroUsd
      return true
    },
    settle: (worstMicroUsd, actualMicroUsd) => {
      heldMicroUsd += actualMicroUsd - worstMicroUsd
    },
  }
}

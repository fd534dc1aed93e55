import type { RemoteTier } from '../../ports.ts'

/** A text of a tier, and how long ago it was written; 0 where the tier does not say. */
export interface RemoteText {
  readonly text: string
  readonly ageMs: number
}

/**
 * Reads a text of a tier; answers nothing where there is none.
 * @throws where the tier says nothing of it, or it is longer than `maxBytes`
 */
export async function readText(
  tier: RemoteTier,
  name: string,
  maxBytes: number,
): Promise<RemoteText | undefined> {
  const found = await tier.get(name, maxBytes)
  switch (found.kind) {
    case 'hit': {
      const { bytes, ageMs = 0 } = found.value
      return { text: Buffer.from(bytes).toString('utf8'), ageMs }
    }
    case 'absent':
      return undefined
    case 'damaged':
      throw new Error(`\`${found.path}\`: ${found.fault}`)
    case 'unknown':
      throw found.cause instanceof Error ? found.cause : new Error(String(found.cause))
  }
}

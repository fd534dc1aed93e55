import type { Key } from '../ports.ts'
import type { Plan } from './plan.ts'

/** Tells whose purchase brings an image: that of the one which it is a twin of, else its own. */
export function buyersIn({ images }: Pick<Plan, 'images'>): (key: Key) => Key {
  const twins = new Map(
    images.flatMap(({ key, source }) =>
      source.kind === 'twin' ? [[key, source.key] as const] : [],
    ),
  )
  return (key) => twins.get(key) ?? key
}

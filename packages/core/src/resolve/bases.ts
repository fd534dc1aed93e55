import type { NewImage } from '../plan/budget.ts'
import { buyersIn } from '../plan/buyer.ts'
import type { Plan, PlannedImage } from '../plan/plan.ts'
import type { Entry, Key } from '../ports.ts'
import { type Outcome, entryAfter } from './outcome.ts'

/** The pictures of a plan that others are made from. */
export interface Bases {
  /** Each image after the one that it is based on, else in the plan's order. */
  inOrder(images: readonly NewImage[]): readonly NewImage[]
  /** Whether the picture that an image is based on is stored already; so it is for one that has none. */
  isStored(image: PlannedImage): boolean
  /** The entry of the picture that an image is based on, once that is bought; nothing where it has none. */
  entryOf(
    image: NewImage,
    purchases: ReadonlyMap<Key, Promise<Outcome>>,
  ): Promise<Entry | undefined>
}

/** Finds the pictures that others are made from. */
export function basesOf(plan: Plan): Bases {
  const byKey = new Map(plan.images.map((image) => [image.key, image]))
  const buyerOf = buyersIn(plan)
  return {
    inOrder: (images) =>
      images.toSorted((one, other) => depthOf(one, byKey) - depthOf(other, byKey)),
    isStored: ({ base }) => {
      const image = base === undefined ? undefined : byKey.get(base)
      return base === undefined || (image !== undefined && 'entry' in image.source)
    },
    entryOf: async ({ base }, purchases) => {
      const image = base === undefined ? undefined : byKey.get(base)
      if (image === undefined) return undefined
      return entryAfter(image, await purchases.get(buyerOf(image.key)))
    },
  }
}

/** How many pictures an image stands upon; the request stage lets none stand upon itself. */
function depthOf({ base }: PlannedImage, byKey: ReadonlyMap<Key, PlannedImage>): number {
  const image = base === undefined ? undefined : byKey.get(base)
  if (image === undefined) return 0
  const buyer = image.source.kind === 'twin' ? byKey.get(image.source.key) : image
  return 1 + depthOf(buyer ?? image, byKey)
}

import type { Settings } from '../config/settings.ts'
import { describePlace } from '../place.ts'
import type { Key, Place } from '../ports.ts'
import { type Problem, severityOf } from '../problem.ts'
import type { Plan, PlannedImage } from './plan.ts'
import { retirementOf } from './retirement.ts'

/** Which pictures can be made again by today's defaults. */
export interface Upgrades {
  readonly keys: ReadonlySet<Key>
  /** Why others, after picked drafts, of models that retire or under rules of today, are not. */
  readonly left: readonly Problem[]
}

/** How pictures are chosen. */
export interface UpgradeOptions {
  readonly settings: Settings
  /** `YYYY-MM-DD`. */
  readonly today: string
  /** Places of those that a person names; all where there are none. */
  readonly places: readonly Place[]
  /** The plan in which these images are made again; of what a build would do without them. */
  plan(upgrades?: ReadonlySet<Key>): Promise<Plan>
}

/**
 * The pictures that keep older defaults and can be made by those of today. What cannot be made as it is asked for today
 * is left, so that it does not keep the others from it.
 */
export async function upgradesIn(options: UpgradeOptions): Promise<Upgrades> {
  const { settings, today } = options
  const current = await options.plan()
  const asked = namedAmong(current.images, options.places)
  const older = asked.filter(({ source }) => source.kind === 'stored' && source.isPinned)
  const pinned = older.filter((image) => !isPicked(image))
  const picked = older
    .filter(isPicked)
    .flatMap(({ places: [place] }): readonly Problem[] =>
      place === undefined ? [] : [{ kind: 'draft-picked', place }],
    )
  const leaving = asked.flatMap(({ source, places: [place] }): readonly Problem[] => {
    if (source.kind !== 'stored' || source.isPinned || source.entry.adopted !== undefined) return []
    const fault = retirementOf(source.entry.request, settings, today)
    return fault === undefined || place === undefined ? [] : [{ ...fault, place }]
  })
  const { keys, faults } = await withoutFaulty(pinned, current, options)
  return { keys, left: [...faults, ...picked, ...leaving] }
}

/** Made again as its directive asks, it would have nothing of the draft. */
function isPicked({ source }: PlannedImage): boolean {
  return source.kind === 'stored' && source.entry.pickedFrom !== undefined
}

/** What is left out may have been asked for by another image as well, whose fault shows only then. */
async function withoutFaulty(
  images: readonly PlannedImage[],
  current: Plan,
  { plan }: UpgradeOptions,
): Promise<{ readonly keys: ReadonlySet<Key>; readonly faults: readonly Problem[] }> {
  const former = new Set(current.problems.map(identityOf))
  const faults: Problem[] = []
  for (let rest = images; ;) {
    const keys = new Set(rest.map(({ key }) => key))
    const news = keys.size === 0 ? [] : errorsIn(await plan(keys), former)
    const faulty = new Set(news.map(({ place }) => describePlace(place)))
    const whole = rest.filter(({ places }) => !places.some((one) => faulty.has(describePlace(one))))
    if (whole.length === rest.length) return { keys, faults }
    faults.push(...news)
    rest = whole
  }
}

function errorsIn({ problems }: Plan, former: ReadonlySet<string>): readonly Problem[] {
  return problems.filter(
    (problem) => severityOf(problem) === 'error' && !former.has(identityOf(problem)),
  )
}

function identityOf({ kind, place }: Problem): string {
  return `${kind} ${describePlace(place)}`
}

function namedAmong(
  images: readonly PlannedImage[],
  places: readonly Place[],
): readonly PlannedImage[] {
  if (places.length === 0) return images
  const named = new Set(places.map(describePlace))
  return images.filter((image) => image.places.some((place) => named.has(describePlace(place))))
}

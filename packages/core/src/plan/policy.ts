import picomatch from 'picomatch'
import type { Settings } from '../config/settings.ts'
import type { Directive } from '../directive/directive.ts'
import { describePlace } from '../place.ts'
import type { Place, StandIn } from '../ports.ts'
import type { Problem } from '../problem.ts'
import type { LookUp } from './look-up.ts'

/** Where an attribute stands in the directive at a place; the place itself where the directive does not name it. */
export type AttributePlaces = (place: Place, name: string) => Place

/** Looks attributes up in directives. */
export function attributePlaces(directives: readonly Directive[]): AttributePlaces {
  const byPlace = new Map(directives.map((one) => [describePlace(one.place), one.attributes]))
  return (place, name) =>
    byPlace.get(describePlace(place))?.find((one) => one.name === name)?.place ?? place
}

/**
 * What of an image that would be bought the configuration's policy does not allow, whoever of its provider's stand-ins
 * buys it.
 */
export function policyProblems(
  { recorded, request }: Pick<LookUp, 'recorded' | 'request'>,
  settings: Settings,
  placeOf: AttributePlaces,
): readonly Problem[] {
  const { provider, model, quality } = recorded
  const chosen = settings.providers.get(provider)
  const qualities = chosen?.models.find(({ id }) => id === model)?.qualities ?? []
  const first = { provider, model, qualities, ...(quality !== undefined && { quality }) }
  const all: readonly StandIn[] = [first, ...(chosen?.standIns?.(recorded) ?? [])]
  return all.flatMap((one) =>
    faultsOf(one, settings.policy).map(({ name, ...told }) => ({
      kind: 'policy',
      name,
      ...told,
      place: placeOf(request.place, name),
      ...(one !== first && { standIn: one.provider }),
    })),
  )
}

type Fault = Pick<Problem & { readonly kind: 'policy' }, 'name' | 'actual' | 'expected'>

function faultsOf(one: StandIn, policy: Settings['policy']): readonly Fault[] {
  const { provider, model, quality } = one
  const faults: Fault[] = []
  if (policy.providers?.includes(provider) === false)
    faults.push({ name: 'provider', actual: provider, expected: oneOf(policy.providers) })
  if (policy.models !== undefined && !picomatch.isMatch(model, [...policy.models]))
    faults.push({ name: 'model', actual: model, expected: oneOf(policy.models) })
  if (policy.quality !== undefined && quality !== undefined && !isUpTo(policy.quality, one))
    faults.push({ name: 'quality', actual: quality, expected: `at most \`${policy.quality}\`` })
  return faults
}

/** A quality that a model does not list beside the highest one cannot be told to be lower. */
function isUpTo(highest: string, { quality = '', qualities }: StandIn): boolean {
  if (quality === highest) return true
  const ranked = qualities.filter((one) => one !== 'auto')
  return ranked.includes(quality) && ranked.indexOf(quality) < ranked.indexOf(highest)
}

function oneOf(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ')
}

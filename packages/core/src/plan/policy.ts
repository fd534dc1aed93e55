import picomatch from 'picomatch'
import type { Settings } from '../config/settings.ts'
import type { Directive } from '../directive/directive.ts'
import { describePlace } from '../place.ts'
import type { Place } from '../ports.ts'
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

/** What of an image that would be bought the configuration's policy does not allow. */
export function policyProblems(
  { recorded, request }: Pick<LookUp, 'recorded' | 'request'>,
  settings: Settings,
  placeOf: AttributePlaces,
): readonly Problem[] {
  const { provider, model, quality } = recorded
  const { policy } = settings
  const placed = (name: string): Place => placeOf(request.place, name)
  const problems: Problem[] = []
  if (policy.providers?.includes(provider) === false)
    problems.push({
      kind: 'policy',
      name: 'provider',
      actual: provider,
      place: placed('provider'),
      expected: oneOf(policy.providers),
    })
  if (policy.models !== undefined && !picomatch.isMatch(model, [...policy.models]))
    problems.push({
      kind: 'policy',
      name: 'model',
      actual: model,
      place: placed('model'),
      expected: oneOf(policy.models),
    })
  if (
    policy.quality !== undefined &&
    quality !== undefined &&
    !isUpTo(policy.quality, quality, recorded, settings)
  )
    problems.push({
      kind: 'policy',
      name: 'quality',
      actual: quality,
      place: placed('quality'),
      expected: `at most \`${policy.quality}\``,
    })
  return problems
}

/** A quality that a model does not list beside the highest one cannot be told to be lower. */
function isUpTo(
  highest: string,
  quality: string,
  { provider, model }: LookUp['recorded'],
  settings: Settings,
): boolean {
  if (quality === highest) return true
  const listed = settings.providers.get(provider)?.models.find(({ id }) => id === model)?.qualities
  const ranked = (listed ?? []).filter((one) => one !== 'auto')
  return ranked.includes(quality) && ranked.indexOf(quality) < ranked.indexOf(highest)
}

function oneOf(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ')
}

import picomatch from 'picomatch'
import type { Settings } from '../config/settings.ts'
import type { Problem } from '../problem.ts'
import type { LookUp } from './look-up.ts'

/** What of an image that would be bought the configuration's policy does not allow. */
export function policyProblems(
  { recorded, request }: Pick<LookUp, 'recorded' | 'request'>,
  settings: Settings,
): readonly Problem[] {
  const { provider, model, quality } = recorded
  const { policy } = settings
  const { place } = request
  const problems: Problem[] = []
  if (policy.providers?.includes(provider) === false)
    problems.push({
      kind: 'policy',
      name: 'provider',
      actual: provider,
      place,
      expected: oneOf(policy.providers),
    })
  if (policy.models !== undefined && !picomatch.isMatch(model, [...policy.models]))
    problems.push({
      kind: 'policy',
      name: 'model',
      actual: model,
      place,
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
      place,
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

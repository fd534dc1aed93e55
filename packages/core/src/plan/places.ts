import { describePlace } from '../place.ts'
import { count } from '../wording.ts'
import type { PlannedImage } from './plan.ts'

/** Where an image stands: its first place, and how many others there are. */
export function placesOf(image: PlannedImage): string {
  const [first, ...others] = image.places
  if (first === undefined) return image.key
  return (
    describePlace(first) + (others.length === 0 ? '' : ` and ${count(others.length, 'more place')}`)
  )
}

import { type PictureSource, pictureOf } from '../../packages/core/src/optimise/picture.ts'
import type { Shown } from '../../packages/core/src/render/picture-element.ts'
import type { Display } from '../../packages/core/src/request/display.ts'
import { requestIn } from './fakes.ts'

/** Pixels that no test of markup asks for. */
export const source: PictureSource = {
  id: 'a',
  isOpaque: true,
  digitalSourceType: 'trainedAlgorithmicMedia',
  size: { width: 600, height: 400 },
  load: () => Promise.reject(new Error('nobody asks for bytes')),
}

/** A picture of no bytes, shown as a directive would have it that nothing could be wrong with. */
export function shownBy(free: Partial<Display>): Shown {
  const { display, prompt } = requestIn('![gen: a fox]()')
  const own = { ...display, ...free }
  const picture = pictureOf(source, own, 'v1')
  return { picture, display: own, prompt, standIn: '#336699', isFirst: false }
}

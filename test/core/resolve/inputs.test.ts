import { expect, test } from 'vitest'
import { sha256Of } from '../../../packages/core/src/key/key.ts'
import { newImages } from '../../../packages/core/src/plan/budget.ts'
import { planFor } from '../../../packages/core/src/plan/plan.ts'
import type { GenerateInput, InputImage } from '../../../packages/core/src/ports.ts'
import { inputImagesOf } from '../../../packages/core/src/resolve/inputs.ts'
import { inputOf, memoryStore, noFiles, requestIn, settingsOf } from '../../support/fakes.ts'

const picture: InputImage = { bytes: Buffer.from('a picture'), format: 'png' }
const hash = sha256Of(picture.bytes)
const other = sha256Of(Buffer.from('another'))

/** What goes along with a request of these pictures, of which one file is there. */
async function inputsOf(asked: Pick<GenerateInput, 'references' | 'mask'>) {
  const store = memoryStore()
  const request = requestIn('![gen: a fox]()')
  const requests = [{ ...request, request: { ...request.request, ...asked } }]
  const history = { verdicts: new Map(), keepsStyle: false, today: '2026-11-23' }
  const [image] = newImages(await planFor(inputOf(requests), settingsOf(), store, history))
  if (image === undefined) throw new Error('nothing was to be bought')
  const read = async (sha256: string) => (sha256 === hash ? picture : undefined)
  return inputImagesOf(image, undefined, { store, files: { ...noFiles, read } })
}

test('words alone take no pictures along', async () => {
  expect(await inputsOf({})).toEqual({ images: undefined })
})

test('a picture and its mask go along', async () => {
  expect(await inputsOf({ references: [hash], mask: hash })).toEqual({
    images: { images: [picture], mask: picture },
  })
})

test.for([
  ['a mask without a picture', { mask: hash }, 'there is no picture that its mask is for'],
  ['a file that changed', { references: [hash, other] }, 'changed meanwhile'],
  ['a mask that changed', { references: [hash], mask: other }, 'changed meanwhile'],
] as const)('%s is a fault before anything is sent', async ([, asked, fault]) => {
  expect(await inputsOf(asked)).toEqual({ fault: expect.stringContaining(fault) })
})

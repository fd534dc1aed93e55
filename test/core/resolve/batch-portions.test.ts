import { expect, test } from 'vitest'
import { newImages } from '../../../packages/core/src/plan/budget.ts'
import type { NewImage } from '../../../packages/core/src/plan/budget.ts'
import { planFor } from '../../../packages/core/src/plan/plan.ts'
import type { BatchRequest } from '../../../packages/core/src/ports.ts'
import { portionsOf } from '../../../packages/core/src/resolve/batch-portions.ts'
import { inputOf, memoryStore, requestIn, settingsOf } from '../../support/fakes.ts'

async function imagesOf(...models: readonly string[]): Promise<readonly NewImage[]> {
  const requests = models.map((model, index) =>
    requestIn(`![gen: fox ${index}](size=1024x1024, model=${model})`),
  )
  const history = { verdicts: new Map(), keepsStyle: false, today: '2026-11-24' }
  return newImages(await planFor(inputOf(requests), settingsOf(), memoryStore(), history))
}

/** Two requests of one model a call. */
function pairs(requests: readonly BatchRequest[]): readonly (readonly BatchRequest[])[] {
  const groups = [...Map.groupBy(requests, ({ input }) => input.model).values()]
  return groups.flatMap((group) =>
    group.flatMap((_, index) => (index % 2 === 0 ? [group.slice(index, index + 2)] : [])),
  )
}

function named({ requestHash, request }: NewImage, size: number): BatchRequest {
  const images = [{ bytes: new Uint8Array(size), format: 'png' as const }]
  return { id: requestHash, input: request, images: { images } }
}

const large = 30_000_000

test('reads no more pictures than a portion and the next step take', async () => {
  let read = 0
  const requestFor = async (image: NewImage): Promise<BatchRequest> => {
    read += 1
    return named(image, large)
  }
  const images = await imagesOf(...Array.from({ length: 10 }, () => 'fake-1'))
  const readBefore: number[] = []
  const sizes: number[] = []
  for await (const portion of portionsOf(images, { desk: { portions: pairs }, requestFor })) {
    readBefore.push(read)
    sizes.push(portion.length)
  }
  expect(sizes).toEqual([2, 2, 2, 2, 2])
  expect(readBefore).toEqual([4, 6, 8, 10, 10])
})

test.for([
  ['large', large],
  ['small', 1],
] as const)('keeps portions of several models full where pictures are %s', async ([, size]) => {
  const images = await imagesOf('fake-1', 'plain', 'fake-1', 'plain', 'fake-1')
  const requestFor = async (image: NewImage): Promise<BatchRequest> => named(image, size)
  const portions: (readonly string[])[] = []
  for await (const portion of portionsOf(images, { desk: { portions: pairs }, requestFor }))
    portions.push(portion.map(({ input }) => input.model))
  expect(portions).toEqual([['fake-1', 'fake-1'], ['fake-1'], ['plain', 'plain']])
})

test('hands all in at once to a desk that knows no portions', async () => {
  const images = await imagesOf('fake-1', 'plain')
  const requestFor = async (image: NewImage): Promise<BatchRequest | undefined> =>
    image.request.model === 'plain' ? undefined : named(image, large)
  const portions: number[] = []
  for await (const portion of portionsOf(images, { desk: {}, requestFor }))
    portions.push(portion.length)
  expect(portions).toEqual([1])
  const none = portionsOf([], { desk: {}, requestFor })[Symbol.asyncIterator]()
  expect(await none.next()).toMatchObject({ done: true })
})

import { ImpromptError } from '@imprompt/core'
import { expect, test } from 'vitest'
import { mdxEntries } from '../../packages/astro/src/entry-types.ts'

/** Reads a file of a collection in development, where pictures cannot be shown for a reason. */
async function readWith(failure: Error) {
  const overlooked: string[] = []
  const fail = (): Promise<never> => Promise.reject(failure)
  const { getEntryInfo } = mdxEntries({
    frame: { show: fail, tell: fail, address: async (data) => data },
    overlook: (reason) => overlooked.push(reason),
  })
  const fileUrl = new URL('file:///post.mdx')
  const { body } = await getEntryInfo({ fileUrl, contents: 'A post' })
  return { body, overlooked }
}

test('a mistake in a file of a collection is told, and its text stays as it is', async () => {
  const mistake = new ImpromptError('PICTURE_NOT_PLANNED', 'nothing was planned')
  expect(await readWith(mistake)).toEqual({ body: 'A post', overlooked: ['nothing was planned'] })
})

test('a fault of ours is no mistake in a file', async () => {
  await expect(readWith(new TypeError('a fault'))).rejects.toThrow('a fault')
})

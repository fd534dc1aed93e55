import { strict as assert } from 'node:assert'
import sharp from 'sharp'

import type { InputImage } from '../../ports.ts'
import type { ContractCheck } from './contract.ts'
import { type Subject, checkAborted, checkPictureOf } from './generate-checks.ts'
import { readyConnection } from './smallest-input.ts'

/** Edits, by a model that takes pictures. */
export function editChecks({ provider, environment, input }: Subject): readonly ContractCheck[] {
  const takesPictures = provider.models.some(({ honours }) =>
    honours.some((one) => one === 'ref' || one === 'mask' || one === 'vary'),
  )
  if (!takesPictures) return []
  return [
    {
      name: 'takes the pictures that a model of it honours',
      run: async () => assert.ok(readyConnection(provider, environment).edit, 'it has no `edit`'),
    },
    {
      name: 'edits a picture, with a mask where its model honours one',
      run: async () => {
        const asked = input()
        const model = provider.models.find(({ id }) => id === asked.model)
        const { edit } = readyConnection(provider, environment)
        if (edit === undefined || model?.honours.includes('ref') !== true) return
        const image = await blank(asked.size)
        const { signal } = new AbortController()
        await checkPictureOf(await edit(asked, { images: [image] }, signal), asked)
        if (!model.honours.includes('mask')) return
        await checkPictureOf(await edit(asked, { images: [image], mask: image }, signal), asked)
      },
    },
    {
      name: 'sends no edit once it was aborted',
      run: async () => {
        const asked = input()
        const { edit } = readyConnection(provider, environment)
        if (edit === undefined) return
        const image = await blank(asked.size)
        await checkAborted((signal) => edit(asked, { images: [image] }, signal))
      },
    },
  ]
}

async function blank(size: {
  readonly width: number
  readonly height: number
}): Promise<InputImage> {
  const background = { r: 40, g: 90, b: 140, alpha: 0 }
  const bytes = await sharp({ create: { ...size, channels: 4, background } })
    .png()
    .toBuffer()
  return { bytes, format: 'png' }
}

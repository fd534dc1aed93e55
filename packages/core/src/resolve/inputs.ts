import type { NewImage } from '../plan/budget.ts'
import type { Entry, InputImage, InputImages, ReferenceFiles, Sha256, Store } from '../ports.ts'

/** Where the pictures of a request are read from. */
export interface InputPorts {
  readonly store: Store
  readonly files: ReferenceFiles
}

/**
 * The pictures that go along with a request; nothing where it is made from words alone. Answers what is wrong where one
 * of them is not what it was when the request was planned.
 * @param base The entry of the picture that the image is based on.
 */
export async function inputImagesOf(
  image: NewImage,
  base: Entry | undefined,
  ports: InputPorts,
): Promise<{ readonly images: InputImages | undefined } | { readonly fault: string }> {
  const { references = [], mask } = image.request
  const based = image.base === undefined ? [] : [await basePicture(base, ports.store)]
  const all = [...based, ...(await Promise.all(references.map((hash) => read(hash, ports.files))))]
  const masked = mask === undefined ? undefined : await read(mask, ports.files)
  if (masked !== undefined && 'fault' in masked) return masked
  const images: InputImage[] = []
  for (const one of all) {
    if ('fault' in one) return one
    images.push(one)
  }
  if (images.length === 0)
    return masked === undefined
      ? { images: undefined }
      : { fault: 'there is no picture that its mask is for' }
  return { images: { images, ...(masked !== undefined && { mask: masked }) } }
}

type Picture = InputImage | { readonly fault: string }

async function read(hash: Sha256, files: ReferenceFiles): Promise<Picture> {
  return (await files.read(hash)) ?? { fault: 'a file that it is made after changed meanwhile' }
}

async function basePicture(base: Entry | undefined, store: Store): Promise<Picture> {
  if (base === undefined) return { fault: 'the picture that it varies was not made' }
  const { format } = base.original
  if (format === 'gif' || format === 'svg')
    return { fault: `the picture that it varies is no still picture of pixels but ${format}` }
  const found = await store.original(base)
  if (found.kind === 'hit') return { bytes: found.value, format }
  return { fault: 'the picture that it varies cannot be read' }
}

import { ImpromptError, reasonOf } from '../error.ts'
import { authoredKeyOf, recordedRequestOf, requestHashOf } from '../key/key.ts'
import type { Clock, Entry, Found, Purchase, Store } from '../ports.ts'
import type { ImageRequest } from '../request/image-request.ts'
import { namedStyle } from '../request/style.ts'
import { versionsOf } from '../versions.ts'
import { inspectFile } from './inspect-reply.ts'

/** A picture that a person made or edited. */
export interface PersonsPicture {
  /** Name of its file, without folders. */
  readonly file: string
  readonly bytes: Uint8Array
  /** Whether no model had a hand in it. */
  readonly isByHand: boolean
}

/** What stands in an image's place after an adoption, or after one was undone. */
export interface Adoption {
  readonly entry: Entry
  /** Whether no remote took it, so that other machines do not find it. */
  readonly isUnpushed: boolean
}

/** That nothing stands in an image's place any more. */
export interface Withdrawal {
  /** Name of the file that was adopted. */
  readonly withdrawn: string
}

/**
 * Puts a person's picture in the place of an image under the key that this has; what was bought before is told by the new
 * entry, and its bytes stay. Buys nothing.
 * @throws `ADOPTION_REFUSED` for bytes that no page could show there, `STORE_DAMAGED`, `STORE_UNREADABLE` or
 * `STORE_NOT_WRITABLE`; what stood there then stands
 */
export async function adopt(
  image: ImageRequest,
  picture: PersonsPicture,
  { store, clock }: { readonly store: Store; readonly clock: Clock },
): Promise<Adoption> {
  const there = await standing(image, store)
  const asked = (there ?? { request: recordedRequestOf(image) }).request
  const wanted = (there ?? image).wanted
  const inspected = await inspectFile(picture.bytes, { ...asked, wanted })
  if ('fault' in inspected)
    throw refused(`\`${picture.file}\` cannot be adopted: ${inspected.fault}`)
  const { sha256 } = inspected.original
  if (there !== undefined && boughtIn(there).some(({ original }) => original.sha256 === sha256))
    throw refused(`\`${picture.file}\` is the picture that was bought there, as it was bought`)
  const request = { ...asked, adopted: sha256 }
  const style = there === undefined ? namedStyle(image.style) : there.style
  const entry: Entry = {
    schema: 1,
    key: authoredKeyOf(image),
    requestHash: requestHashOf(request),
    request,
    ...(style !== undefined && { style }),
    wanted,
    original: {
      ...inspected.original,
      digitalSourceType: picture.isByHand
        ? 'digitalCreation'
        : 'compositeWithTrainedAlgorithmicMedia',
    },
    cost: { microUsd: 0, basis: 'estimate' },
    boughtAt: clock.now().toISOString(),
    adopted: { file: picture.file },
  }
  return put(entry, picture.bytes, store)
}

/**
 * Puts what was bought before back in the place of an adopted picture, whose bytes stay. Buys nothing. Where nothing was
 * bought before, nothing stands there afterwards.
 * @throws `ADOPTION_REFUSED` where nothing was adopted; else as `adopt`
 */
export async function undoAdoption(
  image: ImageRequest,
  store: Store,
): Promise<Adoption | Withdrawal> {
  const there = await standing(image, store)
  if (there?.adopted === undefined) throw refused('No picture was adopted there')
  const [former] = boughtIn(there)
  if (former === undefined) {
    await written(() => store.withdraw(there))
    return { withdrawn: there.adopted.file }
  }
  return put(former, await bytesOf(former, store), store)
}

/** What was bought for an image, the latest first. */
function boughtIn(entry: Entry): readonly Purchase[] {
  return versionsOf(entry).filter(({ adopted }) => adopted === undefined)
}

/** The entry of an image; nothing where there is none. */
async function standing(image: ImageRequest, store: Store): Promise<Entry | undefined> {
  const found = await store.entry(authoredKeyOf(image))
  return found.kind === 'absent'
    ? undefined
    : valueIn(found, 'it has to be readable to be replaced')
}

async function bytesOf(former: Purchase, store: Store): Promise<Uint8Array> {
  const found = await store.original(former)
  if (found.kind !== 'absent') return valueIn(found, 'it has to be whole to be put back')
  const { sha256 } = former.original
  throw new ImpromptError(
    'STORE_DAMAGED',
    `The original \`${sha256}\` is gone from the store; restore it from git. Nothing was changed`,
  )
}

function valueIn<Value>(found: Exclude<Found<Value>, { kind: 'absent' }>, why: string): Value {
  switch (found.kind) {
    case 'hit':
      return found.value
    case 'damaged':
      throw new ImpromptError(
        'STORE_DAMAGED',
        `\`${found.path}\`: ${found.fault}; ${why}. Nothing was changed`,
      )
    case 'unknown':
      throw new ImpromptError(
        'STORE_UNREADABLE',
        `\`${found.path}\` cannot be read: ${reasonOf(found.cause)}; ${why}. Nothing was changed`,
      )
  }
}

async function put(entry: Entry, bytes: Uint8Array, store: Store): Promise<Adoption> {
  const isUnpushed = (await written(() => store.replace(entry, bytes))) === 'unpushed'
  const found = await store.entry(entry.key)
  return { entry: found.kind === 'hit' ? found.value : entry, isUnpushed }
}

async function written<Value>(write: () => Promise<Value>): Promise<Value> {
  try {
    return await write()
  } catch (cause) {
    const message = `The store could not be written: ${reasonOf(cause)}. What stood in the place stands`
    throw new ImpromptError('STORE_NOT_WRITABLE', message, { cause })
  }
}

function refused(message: string): ImpromptError {
  return new ImpromptError('ADOPTION_REFUSED', `${message}; nothing was changed`)
}

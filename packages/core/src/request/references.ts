import type { Directive } from '../directive/directive.ts'
import { oversize } from '../picture-format.ts'
import type { FoundFile, Model, Sha256, Size } from '../ports.ts'
import type { Fault, Fix } from '../problem.ts'
import { formatSize } from '../size-rule.ts'
import { type AttributeTexts, readList } from './attributes.ts'
import type { ImageRequest } from './image-request.ts'
import { type NamedFiles, beforeFormatters, fromRoot, pathFromRoot } from './reference-paths.ts'

/** The files that go along with a request. */
export interface References {
  readonly files: ReadonlyMap<'ref' | 'mask', readonly Sha256[]>
  readonly faults: readonly Fault[]
}

/** Some models take no mask of this size or above; in bytes. */
const largeMask = 4_000_000

/** Finds what `ref` and `mask` of a directive name. A picture that is varied comes before those of `ref`. */
export function referencesOf(
  directive: Directive,
  texts: AttributeTexts,
  named: NamedFiles,
  { model, base }: { readonly model: Model | undefined; readonly base: ImageRequest | undefined },
): References {
  const { file } = directive.place
  const refs = readList(texts.get('ref') ?? '').map((path) => found('ref', path, file, named))
  const maskPath = texts.get('mask')
  const mask = maskPath === undefined ? undefined : found('mask', maskPath, file, named)
  const hashes: readonly (readonly ['ref' | 'mask', readonly Sha256[]])[] = [
    ['ref', refs.flatMap(({ picture }) => picture?.sha256 ?? [])],
    ['mask', mask?.picture === undefined ? [] : [mask.picture.sha256]],
  ]
  return {
    files: new Map(hashes.filter(([, all]) => all.length > 0)),
    faults: [
      ...refs.flatMap(({ faults }) => faults),
      ...tooMany(refs.length, base === undefined ? 0 : 1, model),
      ...(mask?.faults ?? []),
      ...(mask !== undefined && refs.length === 0 && !texts.has('vary')
        ? [{ kind: 'mask-alone' } as const]
        : []),
      // What is varied has its size by the store or the plan.
      ...maskFaults(mask?.picture, base === undefined ? refs[0]?.picture : undefined),
    ],
  }
}

/** Undoes in the source what a formatter did to a path; nothing where the path does not stand there as it is read. */
export function fixEmphasis(
  { attributes }: Directive,
  { name, actual, path }: Fault & { readonly kind: 'file-emphasis' },
): Fix | undefined {
  const attribute = attributes.find((one) => one.name === name)
  if (attribute?.value?.includes(actual) !== true) return undefined
  const start = `${name}=${attribute.quote ?? ''}`
  const text = start + attribute.value.replace(actual, () => path)
  return { place: attribute.place, actual: start + attribute.value, text }
}

type Picture = FoundFile & { readonly kind: 'picture' }

interface Named {
  readonly picture?: Picture
  readonly faults: readonly Fault[]
}

function found(name: 'ref' | 'mask', path: string, file: string, named: NamedFiles): Named {
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(path)) {
    const reason = 'it is an address, and only files of the project go along'
    return { faults: [{ kind: 'file-unsuitable', name, actual: path, reason }] }
  }
  const lookUp = (one: string): FoundFile | undefined => {
    const whole = pathFromRoot(one, file)
    return whole === undefined
      ? { kind: 'unsuitable', reason: 'it stands outside of the project' }
      : named.get(whole)
  }
  const isThere = (one: string): boolean => (lookUp(one)?.kind ?? 'absent') !== 'absent'
  const meant = isThere(path) ? path : beforeFormatters(path).find(isThere)
  const known = meant === undefined ? undefined : lookUp(meant)
  if (meant === undefined || known === undefined || known.kind === 'absent') {
    const tried = pathFromRoot(path, file) ?? path
    const nearest = isThere(fromRoot(path)) ? fromRoot(path) : undefined
    return { faults: [{ kind: 'file-missing', name, actual: tried, nearest }] }
  }
  const reason = known.kind === 'unsuitable' ? known.reason : unsuitability(name, known)
  if (known.kind === 'unsuitable' || reason !== undefined)
    return { faults: [{ kind: 'file-unsuitable', name, actual: meant, reason: reason ?? '' }] }
  const isMended = meant !== path
  const faults = isMended
    ? [{ kind: 'file-emphasis', name, actual: path, path: meant } as const]
    : []
  return { picture: known, faults }
}

function unsuitability(name: 'ref' | 'mask', picture: Picture): string | undefined {
  const reason = oversize(picture.bytes)
  if (reason !== undefined) return reason
  const isMask = picture.format === 'png' && picture.hasAlpha
  return name === 'ref' || isMask ? undefined : 'a mask is a PNG with an alpha channel'
}

function tooMany(actual: number, bases: 0 | 1, model: Model | undefined): readonly Fault[] {
  if (model === undefined || !model.honours.includes('ref')) return []
  const limit = (model.maxReferences ?? 0) - bases
  return actual > limit ? [{ kind: 'ref-too-many', actual, limit, model: model.id }] : []
}

function maskFaults(mask: Picture | undefined, first: Size | undefined): readonly Fault[] {
  if (mask === undefined) return []
  const isLarge = mask.bytes >= largeMask
  const isOther =
    first !== undefined && (mask.width !== first.width || mask.height !== first.height)
  return [
    ...(isOther
      ? [{ kind: 'mask-size', actual: formatSize(mask), expected: formatSize(first) } as const]
      : []),
    ...(isLarge ? [{ kind: 'mask-large', actual: mask.bytes } as const] : []),
  ]
}

import { type Gallery, type Publish, type Variant, extensionOf, fileStemOf } from '@imprompt/core'

/** The part of a bundler's plugin context that emits files, and watches those that a module is made from. */
export interface Emitter {
  addWatchFile(file: string): void
  emitFile(file: { type: 'asset'; name: string; source: Uint8Array }): string
}

/**
 * Emits the files of a picture into the bundle. Answers Vite's own marks for their URLs, which it replaces where the
 * base and the place of each chunk are known.
 */
export function emitInto(emitter: Emitter, gallery: Gallery): Publish {
  return async (shown, files) => {
    const stem = fileStemOf(shown)
    const marks = new Map<string, string>()
    for (const variant of files) {
      const source = await gallery.bytesOf(shown.picture, variant)
      const name = `${stem}-${variant.width}.${extensionOf(variant.format)}`
      marks.set(variant.id, `__VITE_ASSET__${emitter.emitFile({ type: 'asset', name, source })}__`)
    }
    return (variant: Variant) => marks.get(variant.id) ?? ''
  }
}

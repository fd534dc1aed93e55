import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Plugin } from 'vite'
import type { PictureFile, PluginApi } from 'vite-plugin-imprompt'
import type { Frame } from './frame.ts'
import { readMatter } from './matter.ts'

/**
 * What Astro makes modules of by itself: `image()` of a collection's schema imports the address of a picture, and a page's
 * module holds its text for `rawContent()`.
 * @param folder Absolute path of a folder for copies of pictures.
 */
export function astroModules(api: PluginApi, frame: Frame, folder: string): Plugin {
  const copies = new Map<string, Promise<string>>()
  return {
    name: 'imprompt:astro',
    enforce: 'pre',
    resolveId: {
      order: 'pre',
      filter: { id: /\.(?:avif|gif|jpg|png|svg|webp)$/ },
      async handler(id) {
        const file = api.fileAt(id)
        if (file === undefined) return undefined
        const copy = copies.get(id) ?? copyInto(folder, file)
        copies.set(id, copy)
        return copy
      },
    },
    transform: {
      order: 'pre',
      filter: { id: /\.(?:md|markdown|mdown|mkdn|mkd|mdwn)$/, code: /gen:/ },
      async handler(code, id) {
        const { body } = readMatter(await readFile(id, 'utf8'))
        const written = inString(body)
        if (!code.includes(written)) return undefined
        const told = inString(await frame.tell(body, pathToFileURL(id)))
        return { code: code.replace(written, () => told), map: null }
      },
    },
  }
}

async function copyInto(folder: string, { fileName, bytes }: PictureFile): Promise<string> {
  const path = join(folder, basename(fileName))
  await mkdir(folder, { recursive: true })
  await writeFile(path, await bytes())
  return path
}

/** A text as it stands between the quotation marks of a script. */
function inString(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

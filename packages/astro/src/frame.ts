import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { type Pictures, mayAskForPictures } from '@imprompt/core'

/** Front matter that was parsed already. */
export type Data = Record<string, unknown>

/** Shows the pictures of a site in what Astro reads past Vite. A text may be a part of its file, or of no file at all. */
export interface Frame {
  /** A text with its pictures, for a compiler. */
  show(text: string, file: URL | undefined): Promise<string>
  /** A text with plain images, for whoever reads it as text. */
  tell(text: string, file: URL | undefined): Promise<string>
  /** Front matter with addresses. */
  address(data: Data, file: URL | undefined): Promise<Data>
}

/**
 * @param picturesThere Asked when a text asks for pictures.
 * @param markup What compilers are shown.
 */
export function frameOf(
  picturesThere: () => Promise<Pictures>,
  markup: 'picture' | 'markdown',
): Frame {
  const inMarkup = async (
    text: string,
    file: URL | undefined,
    form: 'picture' | 'markdown',
  ): Promise<string> => {
    if (!mayAskForPictures.test(text)) return text
    const pictures = await picturesThere()
    const { whole, lines } = await inItsFile(text, file)
    await pictures.prepare(whole, nameOf(file))
    const rewritten = pictures.rewriteNow('\n'.repeat(lines) + text, nameOf(file), form)
    return rewritten.slice(lines)
  }
  return {
    show: (text, file) => inMarkup(text, file, markup),
    tell: (text, file) => inMarkup(text, file, 'markdown'),
    address: async (data, file) => {
      const pictures = await picturesThere()
      const addressed = await pictures.rewriteData(data, nameOf(file))
      return typeof addressed === 'object' && addressed !== null ? { ...addressed } : data
    },
  }
}

function nameOf(file: URL | undefined): string {
  return file === undefined ? 'Markdown of a loader' : fileURLToPath(file)
}

/**
 * The whole file of a text, of which the styles of its pictures may want front matter; and how many lines of it the text
 * lacks at its beginning, so that places are told as their author finds them.
 */
async function inItsFile(
  text: string,
  file: URL | undefined,
): Promise<{ readonly whole: string; readonly lines: number }> {
  const alone = { whole: text, lines: 0 }
  if (file === undefined) return alone
  const whole = await readFile(file, 'utf8').catch(() => text)
  const body = text.trim()
  const start = whole.indexOf(body)
  if (start < 0) return alone
  return {
    whole,
    lines: Math.max(0, linesIn(whole.slice(0, start)) - linesIn(text.slice(0, text.indexOf(body)))),
  }
}

function linesIn(text: string): number {
  return text.split('\n').length - 1
}

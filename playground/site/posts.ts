import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { VFile } from 'vfile'
import { matter } from 'vfile-matter'
import { z } from 'zod'

const frontMatter = z.strictObject({
  title: z.string(),
  /** Stands under the title, and on the card. */
  summary: z.string(),
  /** `YYYY-MM-DD`. */
  date: z.iso.date(),
  place: z.string(),
})

/** What a post says of itself. */
export interface Post extends Readonly<z.infer<typeof frontMatter>> {
  /** Absolute path of its Markdown. */
  readonly file: string
  /** Where its page stands below the site's base. */
  readonly path: string
  /** How long it takes to read. */
  readonly minutes: number
}

const wordsPerMinute = 220

/** Every post of a folder, the newest first. */
export function readPosts(folder: string): readonly Post[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => readPost(folder, name))
    .toSorted((one, other) => other.date.localeCompare(one.date))
}

function readPost(folder: string, name: string): Post {
  const file = join(folder, name)
  const document = new VFile(readFileSync(file, 'utf8'))
  matter(document, { strip: true })
  const prose = String(document).replaceAll(/!\[gen:[^\]]*\]\([^)]*\)/g, '')
  return {
    ...frontMatter.parse(document.data['matter']),
    file,
    path: `notes/${name.replace(/\.md$/, '.html')}`,
    minutes: Math.ceil(prose.split(/\s+/).length / wordsPerMinute),
  }
}

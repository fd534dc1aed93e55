import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { globby } from 'globby'
import { ImpromptError } from '../error.ts'
import type { PlanInput } from '../plan/plan.ts'
import { type LeftOver, describeLeftOvers, leftOverFinder } from './left-overs.ts'

/** What a site holds text in. */
const texts = '**/*.{html,htm,xhtml,js,mjs,cjs,json,xml,rss,atom,txt,md,webmanifest}'

/**
 * Searches a built site for directives that nothing replaced; nothing where it holds none.
 * @throws `USAGE` where the folder holds no file of a site.
 */
export async function searchOutput(
  folder: string,
  { directives, sources }: PlanInput,
): Promise<ImpromptError | undefined> {
  const names = await globby(texts, { cwd: folder, dot: true })
  if (names.length === 0)
    throw new ImpromptError(
      'USAGE',
      `No files of a built site in \`${folder}\`; nothing was checked`,
    )
  const find = leftOverFinder(directives, sources)
  const found: LeftOver[] = []
  for (const name of names.toSorted())
    found.push(...find({ name, text: await readFile(join(folder, name), 'utf8') }))
  return found.length === 0
    ? undefined
    : new ImpromptError('LEFT_OVERS', `${describeLeftOvers(found)}\n${wayOut}`)
}

const wayOut =
  'Something compiled or read these files without imprompt: put `imprompt()` first among the plugins of Vite, and let whatever reads Markdown by itself use `remark-imprompt`'

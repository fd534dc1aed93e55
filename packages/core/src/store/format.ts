import { join } from 'node:path'
import { z } from 'zod'
import { ImpromptError } from '../error.ts'
import { parseJson } from '../json.ts'
import { recordText } from './record-files.ts'

/** The layout of stores that this version reads and writes. */
const format = 1

const schema = z.object({ imprompt: z.int().min(1) })

/**
 * Refuses a store that a newer version laid out in another way, in which everything would seem to be missing. A store
 * without `format.json` is of the first layout.
 * @throws `STORE_UNREADABLE`
 */
export function refuseNewerFormat(folder: string): void {
  const path = join(folder, 'format.json')
  const text = recordText(path)
  if (text === undefined) return
  const found = schema.safeParse(parseJson(text)).data?.imprompt
  if (found === format) return
  const fault =
    found === undefined
      ? `\`${path}\` does not tell the format of the store; restore it from git`
      : `\`${path}\` tells the format \`${found}\`, expected \`${format}\`, as a newer version of imprompt wrote this store; update imprompt here`
  throw new ImpromptError(
    'STORE_UNREADABLE',
    `${fault}. Nothing was bought, and nothing was written`,
  )
}

import { type Finding, verificationText } from '@imprompt/core'
import type { Request } from './args.ts'
import { type Io, projectOf } from './io.ts'

/** Answered for any finding, with the number of each kind that there is added. */
const damaged = 8
const kinds: Readonly<Record<Finding['kind'], number>> = { corrupt: 1, missing: 2, unverifiable: 4 }

/** Holds every byte of the store against its entries. Needs no key, changes nothing. */
export async function verify(request: Request, io: Io): Promise<number> {
  const project = await projectOf(request, io)
  const verification = await project.verify()
  const { findings } = verification
  io.stdout(
    request.isJson
      ? `${JSON.stringify(verification, undefined, 2)}\n`
      : `${verificationText(verification)}\n`,
  )
  const found = new Set(findings.map(({ kind }) => kind))
  return [...found].reduce((sum, kind) => sum + kinds[kind], found.size === 0 ? 0 : damaged)
}

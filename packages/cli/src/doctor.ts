import { checkupText, exitCodes } from '@imprompt/core'
import type { Request } from './args.ts'
import { type Io, projectOf } from './io.ts'

/** Looks the store over, after mending what is safe where that is asked for. Ends with 6 for any error that is left. */
export async function doctor(request: Request, io: Io): Promise<number> {
  const { upkeep } = await projectOf(request, io)
  const checkup = await upkeep.checkUp({ isFixing: request.fixes, stop: io.stop })
  const text = request.isJson ? JSON.stringify(checkup, undefined, 2) : checkupText(checkup)
  io.stdout(`${text}\n`)
  const isWell = checkup.ailments.every(({ severity }) => severity !== 'error')
  return isWell ? 0 : exitCodes.STORE_DAMAGED
}

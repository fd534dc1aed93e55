import { ImpromptError, reportJson, reportMarkdown, reportOfFailure } from '@imprompt/core'
import { adopt } from './adopt.ts'
import { type Request, readArgs } from './args.ts'
import { check } from './check.ts'
import { doctor } from './doctor.ts'
import { drafts } from './drafts.ts'
import { estimate } from './estimate.ts'
import { gc } from './gc.ts'
import { generate } from './generate.ts'
import { helpText } from './help.ts'
import { init } from './init.ts'
import { ledger } from './ledger.ts'
import { lint } from './lint.ts'
import { models } from './models.ts'
import type { Command } from './options.ts'
import { pick } from './pick.ts'
import { plan } from './plan.ts'
import { report } from './report.ts'
import { reroll } from './reroll.ts'
import { pull, push } from './transfer.ts'
import { upgrade } from './upgrade.ts'
import { verify } from './verify.ts'
import type { Io } from './io.ts'

const handlers: Readonly<Record<Command, (request: Request, io: Io) => Promise<number>>> = {
  plan,
  generate,
  lint,
  check,
  models,
  estimate,
  ledger,
  push,
  pull,
  gc,
  doctor,
  init,
  report,
  reroll,
  adopt,
  drafts,
  pick,
  upgrade,
  verify,
}

/** Runs one command line and answers its exit code; every failure becomes a text on stderr and a code. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  try {
    const request = readArgs(argv, io.cwd)
    const { command } = request
    if (command === 'help') io.stdout(helpText())
    else if (command === 'version') io.stdout(`${io.version}\n`)
    else return await handlers[command](request, io)
    return 0
  } catch (cause) {
    if (cause instanceof ImpromptError) {
      // Scripts may rely on an object, whatever the exit code, and on a comment to write.
      if (cause.exitCode === 2) {
        const failed = reportOfFailure(cause, 'imprompt.config.ts')
        if (argv.includes('--json')) io.stdout(reportJson(failed))
        else if (argv.includes('--markdown') && cause.code !== 'USAGE')
          io.stdout(reportMarkdown(failed))
      }
      io.stderr(`${cause.message}\n`)
      return cause.exitCode
    }
    io.stderr(`${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}\n`)
    return 1
  }
}

import {
  ImpromptError,
  type OpenProject,
  type Transfer,
  exitCodes,
  transferText,
} from '@imprompt/core'
import type { Request } from './args.ts'
import { type Io, projectOf } from './io.ts'

/** Gives the remotes what the store holds. Buys nothing. */
export async function push(request: Request, io: Io): Promise<number> {
  const project = await openWithRemotes(request, io)
  if (project.pipeline.settings.remotes.every(({ isReadOnly }) => isReadOnly))
    throw new ImpromptError(
      'CONFIG_INVALID',
      '`imprompt push` needs a remote that is not `readOnly`; nothing was pushed',
    )
  const transfer = await project.push()
  print(transfer, 'pushed', request, io)
  return transfer.faults.length === 0 ? 0 : exitCodes.REMOTE_UNPUSHED
}

/** Fetches what entries speak of and the store does not hold. Buys nothing. */
export async function pull(request: Request, io: Io): Promise<number> {
  const project = await openWithRemotes(request, io)
  const transfer = await project.pull()
  print(transfer, 'pulled', request, io)
  return transfer.faults.length === 0 ? 0 : exitCodes.STORE_UNREADABLE
}

async function openWithRemotes(request: Request, io: Io): Promise<OpenProject> {
  const project = await projectOf(request, io)
  if (project.pipeline.settings.remotes.length > 0) return project
  const message = `\`imprompt ${request.command}\` needs \`remotes\` in ${project.configFile ?? 'imprompt.config.ts'}, such as \`remotes: [s3({ bucket: 'pictures' })]\``
  throw new ImpromptError('CONFIG_INVALID', message)
}

function print(transfer: Transfer, verb: string, request: Request, io: Io): void {
  const text = request.isJson
    ? JSON.stringify(transfer, undefined, 2)
    : transferText(transfer, verb)
  io.stdout(`${text}\n`)
}

import { ImpromptError } from '../../../error.ts'
import type { Answer, ReadyConnection } from '../../../ports.ts'

/** The calls of a connection that buys in batches alone: each is refused, and nothing is sent. */
export const batchAlone: Required<Pick<ReadyConnection, 'generate' | 'edit'>> = {
  generate: async () => refusal,
  edit: async () => refusal,
}

const refusal: Answer = {
  kind: 'refused',
  scope: 'run',
  code: 'batch_only',
  message:
    "Nothing was sent: `openai({ api: 'batch' })` buys in batches alone; run `imprompt generate --batch`",
}

/** A compatible server has no batches that are known to work. */
export function batchElsewhere(id: string): ImpromptError {
  const message = `Unexpected \`api: 'batch'\` of \`${id}\`, whose \`baseURL\` is another host: batches are taken by api.openai.com alone; leave \`api\` out`
  return new ImpromptError('CONFIG_INVALID', message)
}

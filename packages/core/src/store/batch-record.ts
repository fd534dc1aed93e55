import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { ImpromptError } from '../error.ts'
import { readRequestHash } from '../key/key.ts'
import type { BatchJournal, BatchRecord, RequestHash, Verdict } from '../ports.ts'
import { batchPath } from './address.ts'
import { recordNames, recordText, unsealed } from './record-files.ts'
import { subject } from './subject.ts'

const id = z.custom<RequestHash>((value) => readRequestHash(value) !== undefined, 'no request')

const microUsd = z.number().int().nonnegative()

/** Litter of editors and file managers is no record. */
const fileName = /^[\w-]{1,64}\.json$/

const schema: z.ZodType<BatchRecord> = z.object({
  // It names a file.
  order: z.string().regex(/^[\w-]{1,64}$/),
  provider: z.string(),
  batch: z.string().exactOptional(),
  since: z.iso.datetime(),
  requests: z.array(
    z.object({
      id,
      worstMicroUsd: microUsd,
      ...subject,
      model: z.string().exactOptional(),
      microUsd: microUsd.exactOptional(),
    }),
  ),
  settled: z.array(id).exactOptional(),
  held: z.array(id).exactOptional(),
})

/**
 * Batches in a folder, a file each. One that cannot be read is reported as an error: taking it for none would buy its
 * pictures again.
 */
export function fsBatches(
  folder: string,
  write: (path: string, content: object) => Promise<void>,
): BatchJournal {
  return {
    records: async () => {
      const names = recordNames(join(folder, 'journal', 'batches'))
      return names.filter((name) => fileName.test(name)).flatMap((name) => read(folder, name))
    },
    write: (record) => write(batchPath(record.order), record),
    forget: (order) => rm(join(folder, batchPath(order)), { force: true }),
  }
}

function read(folder: string, name: string): readonly BatchRecord[] {
  const path = join(folder, 'journal', 'batches', name)
  const text = recordText(path)
  if (text === undefined) return []
  const { data } = schema.safeParse(unsealed(text))
  if (data !== undefined) return [data]
  throw new ImpromptError(
    'STORE_DAMAGED',
    `\`${path}\` is no record of a batch, so that it cannot be told what waits. Nothing was bought; restore it, or delete it and run \`imprompt generate --batch\`, which finds its batch at the provider`,
  )
}

/** What a batch says of each of its requests. */
export function verdictsOf(record: BatchRecord): readonly (readonly [RequestHash, Verdict])[] {
  const message =
    record.batch === undefined
      ? `it was handed in at ${record.since}, and whether that was accepted is not known`
      : `it waits in batch \`${record.batch}\` of \`${record.provider}\` since ${record.since}`
  return record.requests.map(({ id: request, worstMicroUsd }) => [
    request,
    { kind: 'submitted', message, worstMicroUsd },
  ])
}

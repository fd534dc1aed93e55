/** Orders of a batch, and the desk that they are handed in at. */

import { hash } from 'node:crypto'
import { readRequestHash } from '../../../packages/core/src/key/key.ts'
import type { BatchDesk, BatchRequest } from '../../../packages/core/src/ports.ts'
import { openai } from '../../../packages/core/src/provider/openai/openai.ts'

export function batchRequest(prompt: string, model = 'gpt-image-2-2026-04-21'): BatchRequest {
  const id = readRequestHash(hash('sha256', prompt, 'hex'))
  if (id === undefined) throw new Error('no hash')
  const size = { width: 1024, height: 1024 }
  return { id, input: { prompt, model, size, quality: 'low', take: 1 } }
}

/** Connects as a build would. */
export function deskAt(url: string, key = 'sk-test-double'): BatchDesk {
  const connection = openai().connect({ OPENAI_API_KEY: key, OPENAI_BASE_URL: url })
  if (connection.kind === 'locked' || connection.batch === undefined) throw new Error('no desk')
  return connection.batch
}

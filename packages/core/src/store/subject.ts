import { z } from 'zod'
import { readKey } from '../key/key.ts'
import type { Key } from '../ports.ts'

interface Subject {
  readonly key: z.ZodExactOptional<z.ZodCustom<Key, Key>>
  readonly place: z.ZodExactOptional<z.ZodString>
  readonly page: z.ZodExactOptional<z.ZodString>
}

/** Fields by which a record says what an attempt was for. */
export const subject: Subject = {
  key: z.custom<Key>((value) => readKey(value) !== undefined).exactOptional(),
  place: z.string().exactOptional(),
  page: z.string().exactOptional(),
}

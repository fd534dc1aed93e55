import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { ledgerJsonSchema } from '../../../packages/core/src/report/ledger-schema.ts'
import { reportJsonSchema } from '../../../packages/core/src/report/schema.ts'

test.for([
  ['report', reportJsonSchema],
  ['ledger', ledgerJsonSchema],
] as const)(
  'the command line publishes the schema of a %s (UPDATE=1 rewrites it)',
  ([name, of]) => {
    const url = new URL(`../../../packages/cli/${name}.schema.json`, import.meta.url)
    const path = fileURLToPath(url)
    const schema = of()
    if (process.env['UPDATE'] === '1')
      writeFileSync(path, `${JSON.stringify(schema, undefined, 2)}\n`)
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(schema)
  },
)

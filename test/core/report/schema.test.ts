import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { reportJsonSchema } from '../../../packages/core/src/report/schema.ts'

const path = fileURLToPath(new URL('../../../packages/cli/report.schema.json', import.meta.url))

test('the command line publishes the schema of its reports (UPDATE=1 rewrites it)', () => {
  const schema = reportJsonSchema()
  if (process.env['UPDATE'] === '1')
    writeFileSync(path, `${JSON.stringify(schema, undefined, 2)}\n`)
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(schema)
})

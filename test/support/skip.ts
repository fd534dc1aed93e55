import { type TestAPI, test } from 'vitest'

/**
 * A test that needs something of its machine. Where that is missing it is skipped, loudly; under IMPROMPT_TEST_ALL=1 it
 * fails instead.
 * @param hindrance What is missing, and how to get it; nothing where all is there.
 */
export function testUnless(hindrance: string | undefined): Pick<TestAPI, 'skip'>['skip'] | TestAPI {
  if (hindrance === undefined) return test
  if (process.env['IMPROMPT_TEST_ALL'] === '1') throw new Error(`a test cannot run: ${hindrance}`)
  process.stderr.write(`\nNOT RUN: ${hindrance}\n`)
  return test.skip
}

/**
 * A test of what a kernel or a file system may not allow, however the machine is set up: it is skipped loudly where it
 * is not allowed, whatever else has to run.
 * @param hindrance What is not allowed; nothing where it is.
 */
export function testWhereAllowed(hindrance: string | undefined): ReturnType<typeof testUnless> {
  if (hindrance === undefined) return test
  process.stderr.write(`\nNOT RUN, as this machine does not allow it: ${hindrance}\n`)
  return test.skip
}

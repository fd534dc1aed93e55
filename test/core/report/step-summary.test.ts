import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { appendStepSummary } from '../../../packages/core/src/report/step-summary.ts'
import { type TestProject, makeProject } from '../../support/project.ts'
import { newImage, sampleImage, sampleReport } from '../../support/sample-report.ts'

const report = sampleReport([newImage])

let project: TestProject
beforeEach(() => {
  project = makeProject({})
})
afterEach(() => project[Symbol.dispose]())

const environment = (): Readonly<Record<string, string>> => ({
  GITHUB_STEP_SUMMARY: project.path('summary.md'),
})

test('a summary is appended to what is there, and written where nothing is', async () => {
  expect(await appendStepSummary(report, environment())).toBeUndefined()
  project.write({ 'summary.md': 'Ours, without a line feed' })
  expect(await appendStepSummary(report, environment(), { failure: 'Over budget' })).toBeUndefined()
  const text = readFileSync(project.path('summary.md'), 'utf8')
  expect(text).toMatch(/^Ours, without a line feed\n<!-- imprompt-report -->\n\n\*\*Images: /)
  expect(text).toContain('\nStopped: Over budget\n')
})

test.for([[{}], [{ GITHUB_STEP_SUMMARY: '' }]])('nothing is written under %j', async ([other]) => {
  expect(await appendStepSummary(report, other ?? {})).toBeUndefined()
})

test.for([0, 400_000, 970_000])('ten thousand images fit below %i bytes', async (bytes) => {
  writeFileSync(project.path('summary.md'), 'x'.repeat(bytes))
  // Three bytes a character, which is as many as there may be.
  const foxes = { ...newImage, prompt: '狐'.repeat(60) }
  const images = Array.from({ length: 10_000 }, () => [foxes, sampleImage]).flat()
  expect(await appendStepSummary(sampleReport(images), environment())).toBeUndefined()
  const { size } = statSync(project.path('summary.md'))
  expect(size).toBeLessThanOrEqual(1_000_000)
  expect(size).toBeGreaterThan(bytes + 8_000)
})

test('a summary that is full is left as it is, and that is told', async () => {
  const full = 'x'.repeat(990_000)
  writeFileSync(project.path('summary.md'), full)
  expect(await appendStepSummary(report, environment())).toContain('990000 bytes')
  expect(readFileSync(project.path('summary.md'), 'utf8')).toBe(full)
})

test('why nothing could be written is answered, and not thrown', async () => {
  mkdirSync(project.path('summary.md'))
  expect(await appendStepSummary(report, environment())).toMatch(/was not written to .*EISDIR/)
})

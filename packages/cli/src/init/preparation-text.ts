import { relative } from 'node:path'
import { structuredPatch } from 'diff'
import { hostInWords } from './host.ts'
import type { Preparation } from './preparation.ts'
import type { FileChange, Step } from './step.ts'

/** What a project needs, as a list for a terminal; paths are relative to a folder. */
export function preparationText(preparation: Preparation, cwd: string): string {
  const { steps, install, facts } = preparation
  const lines = [
    headOf(preparation),
    '',
    ...steps.flatMap((step) => [...linesOf(step, cwd)]),
    ...(install === undefined ? [] : [row('run', placed(install, relative(cwd, facts.folder)))]),
  ]
  return lines.map((line) => `${line}\n`).join('')
}

function placed(command: string, folder: string): string {
  return folder === '' ? command : `${command} (in ${folder})`
}

function headOf({ host, facts }: Preparation): string {
  const { packageManager, workspace } = facts
  const parts = [
    host === undefined ? 'no host that is known' : hostInWords(host, facts),
    packageManager,
    ...(workspace === undefined ? [] : ['in a workspace']),
  ]
  return parts.join(', ')
}

function linesOf(step: Step, cwd: string): readonly string[] {
  const path = step.path === undefined ? '' : relative(cwd, step.path)
  switch (step.kind) {
    case 'there':
      return [row('there', path)]
    case 'write': {
      const verb = step.change.before === undefined ? 'write' : 'change'
      return [row(verb, path), ...changedLines(step.change).map(indented)]
    }
    case 'by-hand': {
      const what = [path, step.reason].filter((one) => one !== '').join(': ')
      const lines = step.lines.trimEnd().split('\n')
      return [row('by hand', what), ...(step.lines === '' ? [] : lines.map(indented))]
    }
  }
}

function row(verb: string, what: string): string {
  return `${verb.padEnd(7)}  ${what}`
}

function indented(line: string): string {
  return `    ${line}`.trimEnd()
}

/** Lines that go and come, with those around them, as `diff -u` shows them. */
function changedLines({ before, after }: FileChange): readonly string[] {
  const { hunks } = structuredPatch('', '', before ?? '', after, '', '', { context: 1 })
  return hunks.flatMap(({ lines }, at) => [
    ...(at === 0 ? [] : ['…']),
    ...lines.filter((line) => !line.startsWith('\\')).map((line) => line.replace(/\r$/, '')),
  ])
}

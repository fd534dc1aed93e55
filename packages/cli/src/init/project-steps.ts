import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ProjectInGit, Site } from '@imprompt/core'
import type { ProjectFacts } from './project-facts.ts'
import type { Step } from './step.ts'

/** The configuration of imprompt. */
export function configStep({ root, configFile }: Site, facts: ProjectFacts): Step {
  if (configFile !== undefined) return { kind: 'there', path: join(root, configFile) }
  const ending = facts.usesTypeScript ? 'ts' : 'js'
  const path = join(root, `imprompt.config.${facts.isModule ? '' : 'm'}${ending}`)
  return { kind: 'write', path, change: { before: undefined, after: configText } }
}

const configText = `import { defineConfig } from '@imprompt/core'

export default defineConfig({
  // The most that one build may spend, in dollars; \`imprompt plan\` tells the price of what is missing.
  budget: { build: 1 },
})
`

/** The files at a project's root in which people are told to keep keys. */
export const keyFiles: readonly string[] = ['.env.local']

/** Those of modes may hold keys as well. */
const keyRule = '.env*.local'

/** Has git ignore files that hold keys. What a person said of such files, there or further up, stands. */
export function ignoreStep({ root }: Site, { unignored }: ProjectInGit): readonly Step[] {
  const path = join(root, '.gitignore')
  const before = existsSync(path) ? readFileSync(path, 'utf8') : undefined
  const isDecided = /^!.*\.env\b/m.test(before ?? '')
  if (unignored.length === 0 || isDecided)
    return before === undefined ? [] : [{ kind: 'there', path }]
  const lineEnd = before?.includes('\r\n') === true ? '\r\n' : '\n'
  const isOpen = before !== undefined && before !== '' && !before.endsWith('\n')
  const after = `${before ?? ''}${isOpen ? lineEnd : ''}${keyRule}${lineEnd}`
  return [{ kind: 'write', path, change: { before, after } }]
}

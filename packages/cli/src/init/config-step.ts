import { join } from 'node:path'
import type { Site } from '@imprompt/core'
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

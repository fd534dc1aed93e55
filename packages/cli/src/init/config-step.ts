import { join } from 'node:path'
import type { Site } from '@imprompt/core'
import { hostConfigOf } from './host-config.ts'
import type { Host } from './hosts.ts'
import type { ProjectFacts } from './project-facts.ts'
import type { Step } from './step.ts'

/** The configuration of imprompt, in the language of the host's own, or else of the project. */
export function configStep(
  { root, configFile }: Site,
  facts: ProjectFacts,
  host: Host | undefined,
): Step {
  if (configFile !== undefined) return { kind: 'there', path: join(root, configFile) }
  const ofHost = host && hostConfigOf(host, facts)
  const usesTypeScript = facts.usesTypeScript || /\.[cm]?ts$/.test(ofHost ?? '')
  const ending = `${facts.isModule ? '' : 'm'}${usesTypeScript ? 'ts' : 'js'}`
  const path = join(root, `imprompt.config.${ending}`)
  return { kind: 'write', path, change: { before: undefined, after: configText } }
}

const configText = `import { defineConfig } from '@imprompt/core'

export default defineConfig({
  // The most that one build may spend, in dollars; \`imprompt plan\` tells the price of what is missing.
  budget: { build: 1 },
})
`

import type { ConfigIssue } from './config/config-issue.ts'
import { loadEnvironment, loadProject } from './config/load.ts'
import { type Settings, settingsFrom } from './config/settings.ts'
import { type Terms, termsFor } from './config/terms.ts'
import { ImpromptError } from './error.ts'
import type { OpenOptions } from './open-project.ts'
import type { Environment } from './ports.ts'
import { openai } from './provider/openai/openai.ts'
import { readSize, sizeForms } from './request/size.ts'

/** What a project says of itself. */
export interface OpenConfiguration {
  /** Absolute path of the project's folder. */
  readonly root: string
  /** Name of the configuration file relative to the root; absent where there is none. */
  readonly configFile: string | undefined
  readonly settings: Settings
  /** That of the process, before the project's `.env` files. */
  readonly environment: Environment
  readonly terms: Terms
}

/** Name of a configuration that is not there. */
export const defaultName = 'imprompt.config.ts'

/**
 * Finds a project on disk, and reads its configuration and environment.
 * @throws `CONFIG_NOT_FOUND` or `CONFIG_INVALID`, which names every field that does not fit by its path
 */
export async function openConfiguration(options: OpenOptions): Promise<OpenConfiguration> {
  const { root, config, configFile } = await loadProject(options.folder, options.config)
  const answer = settingsFrom(config, openai())
  if ('issues' in answer) throw invalid(configFile ?? defaultName, answer.issues)
  const { settings } = answer
  if (readSize(settings.size) === undefined)
    throw invalid(configFile ?? defaultName, [
      { path: 'size', detail: `unexpected \`${settings.size}\`, expected ${sizeForms}` },
    ])
  const environment = loadEnvironment(root, options.environment, options.envMode ?? 'production')
  const chosen = termsFor(settings, environment, options.flags)
  if ('issues' in chosen)
    throw invalid('What the environment or the command line says', chosen.issues)
  return { root, configFile, settings, environment, terms: chosen.terms }
}

function invalid(where: string, issues: readonly ConfigIssue[]): ImpromptError {
  const lines = issues.map(({ path, detail }) => `  \`${path}\`: ${detail}`)
  return new ImpromptError(
    'CONFIG_INVALID',
    `${where} cannot be used as it is; nothing was bought\n${lines.join('\n')}`,
  )
}

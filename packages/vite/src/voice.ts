import {
  type OpenProject,
  appendStepSummary,
  fieldOf,
  githubAnnotations,
  reportText,
} from '@imprompt/core'
import type { ResolvedConfig } from 'vite'
import type { Start } from './host.ts'

/** Where a host's lines go. */
export interface Log {
  info(line: string): void
  warn(line: string): void
}

/** Where Vite's lines go. VitePress quiets Vite, and has a logger of its own for what its users are to see. */
export function logOf(config: ResolvedConfig): Log {
  const own = fieldOf(fieldOf(config, 'vitepress'), 'logger')
  return isLog(own) ? own : config.logger
}

function isLog(value: unknown): value is Log {
  return ['info', 'warn'].every((name) => typeof fieldOf(value, name) === 'function')
}

/** Tells a build's report where its lines go, and where GitHub Actions shows it. */
export function voiceOf(
  { pipeline }: OpenProject,
  log: Log,
): Omit<Start, 'isWatch' | 'visitor' | 'tell'> {
  const { root, settings } = pipeline
  return {
    print: (report) => {
      log.info(`\n${reportText(report)}\n`)
      for (const line of githubAnnotations(report.problems, root, process.env)) log.info(line)
    },
    summarise: (report, failure) => {
      const { prompts } = settings
      return appendStepSummary(report, process.env, { failure, prompts })
    },
    warn: (message) => log.warn(message),
  }
}

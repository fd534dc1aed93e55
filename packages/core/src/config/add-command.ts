import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { detect, getUserAgent, resolveCommand } from 'package-manager-detector'

/**
 * The command that adds packages to what a project is developed with, as one types it in its folder.
 * @param specifiers Such as `imprompt@1.2.3`.
 */
export async function addCommand(folder: string, specifiers: readonly string[]): Promise<string> {
  const agent = (await detect({ cwd: folder }))?.agent ?? getUserAgent() ?? 'npm'
  // At the top of a workspace pnpm wants to be told that nothing else is meant.
  const isTop = agent.startsWith('pnpm') && existsSync(join(folder, 'pnpm-workspace.yaml'))
  const args = ['-D', ...(isTop ? ['-w'] : []), ...specifiers]
  const resolved = resolveCommand(agent, 'add', args)
  return [resolved?.command ?? 'npm', ...(resolved?.args ?? ['install', ...args])].join(' ')
}

import { type Agent, resolveCommand } from 'package-manager-detector'

/** A command of a package manager as one types it. */
export function shellLine(
  agent: Agent,
  command: 'execute-local' | 'frozen' | 'run',
  args: readonly string[],
): string {
  const resolved = resolveCommand(agent, command, [...args])
  if (resolved === null) return ['npx', ...args].join(' ')
  return [resolved.command, ...resolved.args].join(' ')
}

import { ImpromptError } from './error.ts'

/** Answers why nothing here runs under a version of Node, such as `20.20.2`; nothing where it does. */
export function nodeFault(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major >= 24 || (major === 22 && minor >= 18)) return undefined
  return `imprompt needs Node ^22.18 || >=24, and this is Node ${version}; nothing was read or bought`
}

// The module that every door of this package loads first: others use what an older Node lacks while they are loaded.
const fault = nodeFault(process.versions.node)
if (fault !== undefined) throw new ImpromptError('NODE_UNSUPPORTED', fault)

import { providerIssue } from '../config/provider-issue.ts'
import { ImpromptError } from '../error.ts'
import type { Provider } from '../ports.ts'

/**
 * Gives a provider its types, and checks its shape at once rather than after it was paid; answers it unchanged.
 *
 * @throws ImpromptError `CONFIG_INVALID`, which names the field that is wrong
 */
export function defineProvider(provider: Provider): Provider {
  const issue = providerIssue(provider)
  if (issue === undefined) return provider
  const message = `Unexpected provider: \`${issue.path}\` ${issue.detail}; nothing was bought`
  throw new ImpromptError('CONFIG_INVALID', message)
}

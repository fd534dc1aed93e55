import { ImpromptError, type OpenProject } from '@imprompt/core'
import type { ResolvedConfig } from 'vite'

/**
 * Refuses to go on where a provider's credential would be put into the site: Vite does so with every variable of its
 * prefix, and with every `define`.
 * @throws `CONFIG_INVALID`
 */
export function refuseExposure(config: ResolvedConfig, project: OpenProject): void {
  const published = [...Object.entries(config.env), ...Object.entries(config.define ?? {})]
  const exposed = published.find(
    ([name, value]) =>
      (isNamedLikeOne(name, project) && value !== '' && value !== '""') ||
      project.holdsCredential(typeof value === 'string' ? value : (JSON.stringify(value) ?? '')),
  )
  if (exposed === undefined) return
  throw new ImpromptError(
    'CONFIG_INVALID',
    `\`${exposed[0]}\` would put a key of the provider into the site's scripts, for everybody to read; nothing was bought. Call it ${project.credentials.join(' or ')}, outside of \`define\`, and revoke a key that was ever published`,
  )
}

/** `VITE_OPENAI_API_KEY`, say, of a key that is not set here. */
function isNamedLikeOne(name: string, { credentials }: OpenProject): boolean {
  return credentials.some((credential) => name.toUpperCase().includes(credential.toUpperCase()))
}

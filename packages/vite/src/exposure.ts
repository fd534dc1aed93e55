import { ImpromptError, type OpenProject } from '@imprompt/core'
import { type ResolvedConfig, loadEnv } from 'vite'
import type { SiteGround } from './api.ts'

/** What a refusal says of money. */
export type Spent = 'nothing was bought' | 'what was bought is stored'

/**
 * Refuses to go on where a provider's credential would be put into the site: Vite does so with every variable of its
 * prefix, and with every `define`.
 * @throws `CONFIG_INVALID`
 */
export function refuseExposure(
  { env, define = {} }: Pick<ResolvedConfig, 'env' | 'define'>,
  project: OpenProject,
  spent: Spent,
): void {
  const published = [...Object.entries(env), ...Object.entries(define)]
  const exposed = published.find(
    ([name, value]) =>
      (isNamedLikeOne(name, project) && value !== '' && value !== '""') ||
      project.holdsCredential(typeof value === 'string' ? value : (JSON.stringify(value) ?? '')),
  )
  if (exposed === undefined) return
  throw new ImpromptError(
    'CONFIG_INVALID',
    `\`${exposed[0]}\` would put a key of the provider into the site's scripts, for everybody to read; ${spent}. Call it ${project.credentials.join(' or ')}, outside of \`define\`, and revoke a key that was ever published`,
  )
}

/**
 * The same of a site whose configuration Vite has not resolved yet.
 * @throws `CONFIG_INVALID`
 */
export function refuseExposureBy(
  { root, envMode, published }: SiteGround,
  project: OpenProject,
): void {
  if (published === undefined) return
  const { envPrefix, define = {} } = published
  refuseExposure({ env: loadEnv(envMode, root, envPrefix), define }, project, 'nothing was bought')
}

/** `VITE_OPENAI_API_KEY`, say, of a key that is not set here. */
function isNamedLikeOne(name: string, { credentials }: OpenProject): boolean {
  return credentials.some((credential) => name.toUpperCase().includes(credential.toUpperCase()))
}

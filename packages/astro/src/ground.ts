import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { AstroConfig } from 'astro'
import type { SiteGround } from 'vite-plugin-imprompt'

/** What Astro's configuration says of the site. */
export function groundOf(
  config: AstroConfig,
  command: SiteGround['command'],
  log: SiteGround['log'],
): SiteGround {
  const { root, outDir, publicDir, build, vite } = config
  const { envPrefix = 'PUBLIC_', define = {} } = vite
  return {
    root: fileURLToPath(root),
    outDir: fileURLToPath(outDir),
    publicDir: fileURLToPath(publicDir),
    assetsDir: build.assets.replaceAll(/^(?:\.?\/)+|\/+$/g, ''),
    command,
    envMode: modeIn(process.argv) ?? (command === 'dev' ? 'development' : 'production'),
    published: { envPrefix, define },
    log,
    ...addressesOf(config, command),
  }
}

function addressesOf(
  { base, build }: AstroConfig,
  command: SiteGround['command'],
): Pick<SiteGround, 'base' | 'bases'> {
  const { assetsPrefix } = build
  if (assetsPrefix === undefined || command === 'dev') return { base: withSlash(base) }
  if (typeof assetsPrefix === 'string') return { base: withSlash(assetsPrefix) }
  const { fallback, ...others } = assetsPrefix
  const bases = Object.entries(others).map(([extension, prefix]) => [extension, withSlash(prefix)])
  return { base: withSlash(fallback), bases: Object.fromEntries(bases) }
}

function withSlash(url: string): string {
  return url.endsWith('/') ? url : `${url}/`
}

/**
 * Whether `getViteConfig` of Astro lends the configuration to Vitest or Storybook, which it tells integrations to be a
 * build where it is none of a site. What Astro's own command runs is one, whoever started that.
 */
export function isLent(
  argv: readonly string[],
  { VITEST, STORYBOOK }: Readonly<Record<string, string | undefined>>,
): boolean {
  const isOwn = /[\\/]astro(?:\.m?js)?$/.test(argv[1] ?? '')
  return !isOwn && (VITEST === 'true' || STORYBOOK === 'true')
}

/** Astro tells integrations no mode. */
function modeIn(argv: readonly string[]): string | undefined {
  const { mode } = parseArgs({
    args: argv.slice(2),
    options: { mode: { type: 'string' } },
    strict: false,
  }).values
  return typeof mode === 'string' ? mode : undefined
}

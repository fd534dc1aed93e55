import type { SiteGround } from 'vite-plugin-imprompt'
import type { TestProject } from './project.ts'

/** What a framework says of a project that it builds, and hears nothing. */
export function groundOf(project: TestProject): SiteGround {
  return {
    root: project.root,
    command: 'build',
    envMode: 'production',
    base: '/',
    assetsDir: 'assets',
    outDir: project.path('dist'),
    publicDir: project.path('public'),
    log: { info: () => {}, warn: () => {} },
  }
}

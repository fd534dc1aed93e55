export type { Options } from './options.ts'
export { remarkImprompt as default } from './plugin.ts'

export type { Options } from './options.ts'
export { imprompt as default } from './integration.ts'

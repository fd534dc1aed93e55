export type { PictureData } from '@imprompt/core'
export type { Options } from './options.ts'
export { imprompt as default } from './plugin.ts'

export type { Environment, MarkdownIt } from './plugin.ts'
export { markdownItImprompt as default } from './plugin.ts'

import { fileURLToPath } from 'node:url'

/** Folder of the playground. */
export const root: string = fileURLToPath(new URL('..', import.meta.url))

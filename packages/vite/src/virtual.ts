import { type Pipeline, type PlanInput, pictureData } from '@imprompt/core'
import type { Scene } from './host.ts'

const prefix = 'virtual:imprompt/'

/** The name in an import of a configured picture; nothing for any other import. */
export function virtualName(id: string): string | undefined {
  return id.startsWith(prefix) ? id.slice(prefix.length) : undefined
}

/**
 * The module of a configured picture; nothing where the build holds no file for it.
 * @throws where the configuration names none so.
 */
export async function virtualModule(
  name: string,
  pipeline: Pipeline,
  sceneFor: (scan: PlanInput) => Promise<Scene>,
): Promise<string | undefined> {
  const directive = pipeline.configImage(name)
  if (directive === undefined)
    throw new Error(
      `No picture \`${name}\` in \`images\` of imprompt.config, which an import asks for`,
    )
  const { gallery, publish } = await sceneFor(pipeline.scanImages())
  const shown = await gallery.show(directive, false)
  if (shown === undefined) return undefined
  return `export default ${JSON.stringify(pictureData(shown, await publish(shown)))}`
}

/** Declares the modules of these pictures to TypeScript. */
export function typesOf(names: readonly string[]): string {
  return names
    .map(
      (name) =>
        `declare module 'virtual:imprompt/${name}' {\n  const picture: import('vite-plugin-imprompt').PictureData\n  export default picture\n}\n`,
    )
    .join('\n')
}

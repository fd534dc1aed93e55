import { type Content, type Pipeline, type Scene, filesFor, pictureData } from '@imprompt/core'

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
  sceneFor: (content: Content) => Promise<Scene>,
): Promise<string | undefined> {
  const directive = pipeline.configImage(name)
  if (directive === undefined)
    throw new Error(
      `No picture \`${name}\` in \`images\` of imprompt.config, which an import asks for`,
    )
  const { gallery, publish } = await sceneFor(pipeline.readImages())
  const shown = await gallery.show(directive, false)
  if (shown === undefined) return undefined
  const data = JSON.stringify(pictureData(shown, await publish(shown, filesFor(shown, 'picture'))))
  // Some builds put their scripts into pages, where a closing tag would end one.
  return `export default ${data.replaceAll('<', String.raw`\u003c`)}`
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

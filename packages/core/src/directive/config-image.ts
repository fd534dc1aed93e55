import type { ConfigImage } from '../config/config.ts'
import { asRaw } from './as-raw.ts'
import type { Directive } from './directive.ts'

/** Writes a picture of the configuration as the directive that it stands for; its name is that of the field. */
export function directiveOfConfigImage(name: string, image: ConfigImage, file: string): Directive {
  const { prompt, ...written } = image
  const attributes: Readonly<Record<string, string | number | boolean>> = { name, ...written }
  const field = `images.${name}`
  const place = { file, line: 1, column: 1, field }
  return {
    prompt: asRaw(prompt),
    attributes: Object.entries(attributes)
      .filter(([, value]) => value !== false)
      .map(([attribute, value]) => ({
        name: attribute,
        ...(value !== true && { value: asRaw(String(value)) }),
        place: { ...place, field: `${field}.${attribute}` },
      })),
    place,
    start: 0,
    end: 0,
  }
}

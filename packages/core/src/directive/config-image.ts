import type { ConfigImage } from '../config/config.ts'
import type { Place } from '../ports.ts'
import type { Directive } from './directive.ts'

/** Writes a picture of the configuration as the directive that it stands for. */
export function directiveOfConfigImage(image: ConfigImage, place: Place): Directive {
  const { prompt, ...attributes } = image
  return {
    prompt: asRaw(prompt),
    attributes: Object.entries(attributes)
      .filter(([, value]) => value !== false)
      .map(([name, value]) =>
        value === true ? { name, place } : { name, value: asRaw(String(value)), place },
      ),
    place,
    start: 0,
    end: 0,
  }
}

/** A configuration holds plain text, a directive Markdown's: what Markdown would undo is escaped. */
function asRaw(text: string): string {
  return text.replaceAll(/[\\&]/g, String.raw`\$&`)
}

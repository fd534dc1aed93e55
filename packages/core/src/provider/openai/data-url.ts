import type { InputImage } from '../../ports.ts'

/** A picture as JSON bodies carry it. */
export function dataUrlOf({ bytes, format }: InputImage): string {
  return `data:image/${format};base64,${Buffer.from(bytes).toString('base64')}`
}

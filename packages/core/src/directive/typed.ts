import type { Directive } from './directive.ts'

const file = '<command line>'

/** A prompt that somebody typed beside all files, written as a directive has it. */
export function typedDirective(prompt: string): Directive {
  const place = { file, line: 1, column: 1 }
  return { prompt, attributes: [], place, start: 0, end: prompt.length }
}

/** Whether a directive stands in no file. */
export function isTyped({ place }: Directive): boolean {
  return place.file === file
}

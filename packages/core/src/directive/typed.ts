import type { Directive } from './directive.ts'

/** A prompt that somebody typed beside all files, written as a directive has it. */
export function typedDirective(prompt: string): Directive {
  const place = { file: '<command line>', line: 1, column: 1 }
  return { prompt, attributes: [], place, start: 0, end: prompt.length }
}

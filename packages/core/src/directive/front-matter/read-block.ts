import type { FrontMatterBlock } from './block.ts'
import { readToml } from './read-toml.ts'
import { readYaml } from './read-yaml.ts'
import type { Reading } from './value.ts'

/** Reads the text between the fences by its format. */
export function readBlock({ format, text }: FrontMatterBlock): Reading {
  return format === 'toml' ? readToml(text) : readYaml(text)
}

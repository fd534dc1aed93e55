import { load } from 'js-yaml'
import { parse } from 'smol-toml'

/** A Markdown file as Astro reads it. */
export interface Matter {
  readonly data: Record<string, unknown>
  /** Between the fences. */
  readonly text: string
  readonly body: string
}

const block = /(?:^\uFEFF?|^\s*\n)(---|\+\+\+)([\s\S]*?\n)(?:---|\+\+\+)/

/**
 * Reads front matter as Astro does, with the parsers of Astro, so that a date is a `Date` and nothing else changes.
 * @throws where it is no YAML or TOML
 */
export function readMatter(source: string): Matter {
  const match = block.exec(source)
  if (match === null) return { data: {}, text: '', body: source.trim() }
  const [whole, fence, text = ''] = match
  const read: unknown = fence === '+++' ? parse(text) : load(text)
  const data = typeof read === 'object' && read !== null ? { ...read } : {}
  return { data, text, body: source.replace(whole, '').trim() }
}

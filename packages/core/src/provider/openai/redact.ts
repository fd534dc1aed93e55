const maxLength = 300

/** A text of the outside world in one short line, without `key` or anything that looks like a key. */
export function redact(text: string, key: string): string {
  const line = text.replaceAll(key, 'sk-…').replaceAll(/\bsk-[\w*.…-]+/g, 'sk-…')
  const folded = line.replaceAll(/\s+/g, ' ').trim()
  return folded.length > maxLength ? `${folded.slice(0, maxLength)}…` : folded
}

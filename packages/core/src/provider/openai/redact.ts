const maxLength = 300

/** A shorter prompt is a common word, and gives nothing away. */
const minPromptLength = 8

/**
 * A text of the outside world in one short line, without `key` or anything that looks like a key, and without
 * `prompt` where a server echoes it.
 */
export function redact(text: string, key: string, prompt = ''): string {
  const unkeyed = key === '' ? text : text.replaceAll(key, 'sk-…')
  const unprompted =
    prompt.length < minPromptLength ? unkeyed : unkeyed.replaceAll(prompt, '(the prompt)')
  const line = unprompted
    .replaceAll(/\bsk-[\w*.…-]+/g, 'sk-…')
    .replaceAll(/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, '$1 sk-…')
  const folded = line.replaceAll(/\s+/g, ' ').trim()
  return folded.length > maxLength ? `${folded.slice(0, maxLength)}…` : folded
}

const maxLength = 300

/** What is shorter gives nothing away, and may be part of any word. */
const minSecretLength = 4

/** A text of the outside world in one short line, without these secrets or anything that looks like a key. */
export function redact(text: string, ...secrets: readonly string[]): string {
  const line = hide(text, ...secrets)
    .replaceAll(/\s+/g, ' ')
    .trim()
  return line.length > maxLength ? `${line.slice(0, maxLength)}…` : line
}

/** A text without these secrets or anything that looks like a key; of a text that was cut before, half a key stays. */
export function hide(text: string, ...secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length >= minSecretLength)
    .reduce((shown, secret) => shown.replaceAll(secret, '…'), text)
    .replaceAll(/\b(?:sk|xai)-[\w*.…-]+|\bkey-[\w-]{16,}|\bAIza[\w-]+/g, '…')
    .replaceAll(/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, '$1 …')
}

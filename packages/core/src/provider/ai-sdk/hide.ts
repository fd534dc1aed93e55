const maxLength = 300
const shortestSecret = 4

/** A text of the outside world in one short line, without these secrets or anything that looks like a key. */
export function hide(text: string, secrets: readonly string[]): string {
  const hidden = secrets
    .filter((secret) => secret.length >= shortestSecret)
    .reduce((shown, secret) => shown.replaceAll(secret, '…'), text)
  const line = hidden
    .replaceAll(/\b(?:sk|xai|key)-[\w*.…-]+|\bAIza[\w-]+/g, '…')
    .replaceAll(/\s+/g, ' ')
    .trim()
  return line.length > maxLength ? `${line.slice(0, maxLength)}…` : line
}

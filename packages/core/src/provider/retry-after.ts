/**
 * Milliseconds after which a server wants to be asked again: `retry-after-ms`, else `retry-after` in
 * seconds or as an HTTP date, which counts from the `date` of the same reply. Nothing where it does
 * not say or cannot be read.
 */
export function retryAfterMs(headers: Headers): number | undefined {
  const waits = [
    Number.parseFloat(headers.get('retry-after-ms') ?? ''),
    seconds(headers.get('retry-after') ?? '') * 1000,
    Date.parse(headers.get('retry-after') ?? '') - Date.parse(headers.get('date') ?? ''),
  ]
  const wait = waits.find(Number.isFinite)
  return wait === undefined ? undefined : Math.max(0, Math.ceil(wait))
}

function seconds(text: string): number {
  return /^\s*\d+(?:\.\d+)?\s*$/.test(text) ? Number(text) : Number.NaN
}

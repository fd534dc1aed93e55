/** How long one request may take where nobody says. */
export const defaultTimeoutMs = 600_000

/** More than a timer counts, which would then end at once. */
const maxTimeoutMs = 2_147_483_647

/** Says what is wrong with a `timeoutMs`; nothing where it can be counted. */
export function timeoutFault(timeoutMs: number): string | undefined {
  if (Number.isInteger(timeoutMs) && timeoutMs >= 1 && timeoutMs <= maxTimeoutMs) return undefined
  return `unexpected \`timeoutMs\` \`${timeoutMs}\`, expected whole milliseconds from 1 to ${maxTimeoutMs}`
}

/** What an error of the system is called, such as `ENOENT`; nothing for any other error. */
export function systemCodeOf(cause: unknown): unknown {
  return cause instanceof Error && 'code' in cause ? cause.code : undefined
}

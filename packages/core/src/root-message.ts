/** What the deepest cause says, which is what happened; the layers above it say only that something did. */
export function rootMessage(fault: unknown): string {
  if (!(fault instanceof Error)) return String(fault)
  if (fault.cause instanceof Error) return rootMessage(fault.cause)
  const code = 'code' in fault && typeof fault.code === 'string' ? fault.code : ''
  return fault.message.includes(code) ? fault.message : `${code} ${fault.message}`
}

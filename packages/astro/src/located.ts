/** Waits for what may fail, and tells Astro of a failure where it stands, which Astro would guess from its words. */
export async function located<Value>(value: Promise<Value>): Promise<Value> {
  try {
    return await value
  } catch (failure) {
    throw failure instanceof Error ? withPlace(failure) : failure
  }
}

function withPlace(failure: Error): Error {
  const [, file, line, column] = /^ *([^\s:]+):(\d+):(\d+)/m.exec(failure.message) ?? []
  if (file === undefined) return failure
  return Object.assign(failure, { loc: { file, line: Number(line), column: Number(column) } })
}

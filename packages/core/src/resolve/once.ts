/** Runs for a key, unless a run for that key is under way: then its result is shared. */
export type Once<Value> = (key: string, run: () => Promise<Value>) => Promise<Value>

/** Lets concurrent callers of one key share the first one's run; forgets the run when it settles. */
export function once<Value>(): Once<Value> {
  const running = new Map<string, Promise<Value>>()
  return (key, run) => {
    const shared = running.get(key) ?? run().finally(() => running.delete(key))
    running.set(key, shared)
    return shared
  }
}

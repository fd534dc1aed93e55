const prefix = '\0imprompt-address:'

const mark = /^__VITE_ASSET__([\w$]+)__$/

/** What may be the address of a file of a picture, in a build or in development. */
export const mayBeAddress: RegExp =
  /^__VITE_ASSET__[\w$]+__$|\/@imprompt\/[^/]+$|^\/[^?]*-\d+-[^-/?]{10}\.[a-z]+$/

/** The modules of addresses. */
export const addressModules: RegExp = /^\0imprompt-address:/

/**
 * The module that exports an address as it is. Vue's compiler makes an import of every address in a template that begins
 * with a slash or with a mark. An id holds no mark: bundlers name chunks after it.
 */
export function addressModuleId(address: string): string {
  return prefix + address.replace(mark, '$1')
}

/** The code of such a module; nothing for any other. */
export function addressModule(id: string): string | undefined {
  if (!id.startsWith(prefix)) return undefined
  const address = id.slice(prefix.length)
  const whole = /^[\w$]+$/.test(address) ? `__VITE_ASSET__${address}__` : address
  return `export default ${JSON.stringify(whole)}`
}

/** Whether an id is a mark for the address of an emitted file. */
export function isMark(id: string): boolean {
  return mark.test(id)
}

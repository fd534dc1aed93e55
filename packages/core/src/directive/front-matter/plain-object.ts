/** Whether a value is an object that holds data under keys and is nothing more, as parsers make them. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  // Another realm has an `Object.prototype` of its own; either way nothing stands behind it.
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

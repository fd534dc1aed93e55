import type { PictureUrl } from './picture-url.ts'
import { isPlainObject } from './plain-object.ts'

/**
 * A copy of plain data with the URL at each path. What no path leads to is the very same value in it, and a path that
 * leads nowhere adds nothing. `__proto__` is a key like any other.
 */
export function withUrls(data: unknown, urls: readonly PictureUrl[]): unknown {
  return replaced(data, urls, 0)
}

function replaced(data: unknown, urls: readonly PictureUrl[], depth: number): unknown {
  if (urls.length === 0) return data
  const whole = urls.find(({ path }) => path.length === depth)
  if (whole !== undefined) return whole.url
  const below = Map.groupBy(urls, ({ path }) => path[depth])
  const childOf = (key: string | number, child: unknown): unknown =>
    replaced(child, below.get(key) ?? [], depth + 1)
  if (Array.isArray(data)) return data.map((item, index) => childOf(index, item))
  if (!isPlainObject(data)) return data
  const copy = Object.fromEntries(
    Object.entries(data).map(([key, child]) => [key, childOf(key, child)]),
  )
  return Object.setPrototypeOf(copy, Object.getPrototypeOf(data))
}

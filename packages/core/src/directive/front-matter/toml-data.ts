import { parse } from '@decimalturn/toml-patch'
import type { Value } from './value.ts'

/** Data as the library that writes TOML has them: objects have no prototype, days and times are classes of its own. */
export function tomlDataOf(value: Value): unknown {
  switch (value.kind) {
    case 'alias':
      return tomlDataOf(value.target)
    case 'list':
      return value.items.map((item) => tomlDataOf(item))
    case 'mapping': {
      const entries = [...value.entries].map(([key, entry]) => [key, tomlDataOf(entry.value)])
      return Object.setPrototypeOf(Object.fromEntries(entries), null)
    }
    case 'scalar':
      return value.type === 'string' ? value.text : Reflect.get(parse(`a = ${value.text}`), 'a')
  }
}

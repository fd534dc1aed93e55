import type { Element, ElementContent, Properties } from 'hast'

/** What an element holds: a text is escaped wherever it is written. */
export type Child = ElementContent | string

/** An element of the page. */
export function element(
  tagName: string,
  properties: Properties,
  ...children: readonly Child[]
): Element {
  return {
    type: 'element',
    tagName,
    properties,
    children: children.map((child) =>
      typeof child === 'string' ? { type: 'text', value: child } : child,
    ),
  }
}

/** Elements each on a line of its own, for whoever reads the source or compares two pages. */
export function lines(elements: readonly Element[]): readonly Child[] {
  return elements.length === 0 ? [] : ['\n', ...elements.flatMap((one) => [one, '\n'])]
}

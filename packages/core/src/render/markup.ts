import type { Element } from 'hast'
import { toHtml } from 'hast-util-to-html'

/**
 * Writes a tree as HTML on one line with self-closed tags, so that Markdown compilers of every kind let it through: a
 * bar would end a table's cell, braces are code to Svelte and Vue, and an angle bracket in a value could end a script
 * that holds the markup.
 */
export function htmlOf(element: Element): string {
  const html = toHtml(element, { closeSelfClosing: true, tightSelfClosing: false })
  return html.replaceAll(/"[^"]*"/g, (value) =>
    value.replaceAll(/[|{}<>]/g, (character) => `&#${character.codePointAt(0)};`),
  )
}

/** Writes a tree as JSX for MDX: every value is a JavaScript expression, so that no text of it is read as markup. */
export function jsxOf(element: Element): string {
  const { tagName, properties, children } = element
  const attributes = Object.entries(properties).map(
    ([name, value]) => ` ${jsxNameOf(name)}={${jsxValueOf(name, value)}}`,
  )
  const inner = children.flatMap((child) => (child.type === 'element' ? [jsxOf(child)] : []))
  const start = `<${tagName}${attributes.join('')}`
  return inner.length === 0 ? `${start} />` : `${start}>${inner.join('')}</${tagName}>`
}

function jsxNameOf(name: string): string {
  if (!name.startsWith('data')) return name
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

/** JSX wants styles as an object; `background` is the only property that a picture sets. */
function jsxValueOf(name: string, value: unknown): string {
  if (name === 'style')
    return JSON.stringify({ background: String(value).slice('background:'.length) })
  // A bar would end a table's cell.
  return JSON.stringify(Array.isArray(value) ? value.join(' ') : value).replaceAll(
    '|',
    String.raw`\u007c`,
  )
}

import type { Element, Root, RootContent } from 'hast'
import { h } from 'hastscript'

/**
 * Makes a figure of each paragraph that is nothing but a picture. An emphasised paragraph right after it becomes its
 * caption; the class of the picture becomes the figure's too.
 */
export function figures(tree: Root): Root {
  return { ...tree, children: tree.children.flatMap(figureAt) }
}

/** The first picture of a tree; nothing where it has none. */
export function pictureIn(node: Root | RootContent): Element | undefined {
  if (node.type === 'element' && node.tagName === 'picture') return node
  if (!('children' in node)) return undefined
  for (const child of node.children) {
    const found = pictureIn(child)
    if (found !== undefined) return found
  }
  return undefined
}

function figureAt(
  node: RootContent,
  index: number,
  siblings: readonly RootContent[],
): readonly RootContent[] {
  const before = siblings.slice(0, index).findLast(isElement)
  if (before !== undefined && loneIn(before, 'picture') && loneIn(node, 'em')) return []
  const picture = loneIn(node, 'picture')
  if (picture === undefined) return [node]
  const after = siblings.slice(index + 1).find(isElement)
  const caption = after && loneIn(after, 'em')
  return [
    h('figure', { className: classOf(picture) }, [
      picture,
      ...(caption === undefined ? [] : [h('figcaption', caption.children)]),
    ]),
  ]
}

/** The only child of a paragraph, where it is of that sort. */
function loneIn(node: RootContent, tagName: string): Element | undefined {
  if (!isElement(node) || node.tagName !== 'p') return undefined
  const [only, ...others] = node.children
  const isLone = only !== undefined && others.length === 0 && isElement(only)
  return isLone && only.tagName === tagName ? only : undefined
}

function classOf(picture: Element): string | undefined {
  const classes = picture.children
    .filter(isElement)
    .map(({ properties }) => properties['className'])
    .find(Array.isArray)
  return classes?.join(' ')
}

function isElement(node: RootContent): node is Element {
  return node.type === 'element'
}

import { relative, resolve, sep } from 'node:path'
import { type Directive, type GenDirective, directiveOf } from '@imprompt/core'
import type { Root } from 'mdast'
import { visit } from 'unist-util-visit'
import type { VFile } from 'vfile'

/** A node of the tree, and what its author asks for. */
export interface FoundDirective {
  readonly node: GenDirective
  readonly directive: Directive
}

/** The directives of a tree in their order; one that a program made has no place, and so none to report. */
export function findDirectives(tree: Root, file: VFile, root: string): readonly FoundDirective[] {
  const path = resolve(file.cwd, file.path ?? 'markdown')
  const placeFile = relative(root, path).split(sep).join('/')
  const found: FoundDirective[] = []
  visit(tree, 'genDirective', (node) => {
    const directive = directiveOf(node, placeFile)
    if (directive !== undefined) found.push({ node, directive })
  })
  return found
}

import { relative, resolve, sep } from 'node:path'
import {
  type Content,
  type Directive,
  type GenDirective,
  type Pipeline,
  type Place,
  directiveOf,
  frontMatterBlockOf,
} from '@imprompt/core'
import type { Root } from 'mdast'
import { visit } from 'unist-util-visit'
import type { VFile } from 'vfile'
import { findInData, pageOf } from './data.ts'

/** A node of the tree, and what its author asks for. */
export interface FoundDirective {
  readonly node: GenDirective
  readonly directive: Directive
}

/** What a file asks for: in its text, and in its front matter, or in data of that where it was cut off the file. */
export interface Found {
  readonly content: Content
  readonly inText: readonly FoundDirective[]
  readonly inMatter: readonly Directive[]
  readonly place: Place
}

/**
 * Finds the directives of a file. Those of its text are the tree's, in their order; one that a program made has no
 * place, and so none to report.
 */
export function findDirectives(tree: Root, file: VFile, pipeline: Pipeline): Found {
  const path = resolve(file.cwd, file.path ?? 'markdown')
  const placeFile = relative(pipeline.root, path).split(sep).join('/')
  const read = pipeline.read(String(file), placeFile)
  const place = { file: placeFile, line: 1, column: 1 }
  const isCutOff = frontMatterBlockOf(String(file)) === undefined
  const inMatter = isCutOff
    ? findInData(file, place)
    : read.directives.filter((directive) => directive.path !== undefined)
  const page =
    read.directives.find((directive) => directive.page !== undefined)?.page ?? pageOf(file)
  const inText: FoundDirective[] = []
  visit(tree, 'genDirective', (node) => {
    const directive = directiveOf(node, placeFile)
    if (directive !== undefined)
      inText.push({ node, directive: { ...directive, ...(page && { page }) } })
  })
  const directives = [...inMatter, ...inText.map(({ directive }) => directive)]
  return { content: { ...read, directives }, inText, inMatter, place }
}

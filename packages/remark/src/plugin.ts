/// <reference types="mdast-util-to-hast" />
/// <reference types="remark-parse" />
/// <reference types="remark-stringify" />
import { resolve } from 'node:path'
import {
  type OpenProject,
  genDirective,
  genDirectiveFromMarkdown,
  genDirectiveToMarkdown,
  openProject,
  pictureElement,
} from '@imprompt/core'
import type { Root } from 'mdast'
import type { Processor } from 'unified'
import type { VFile } from 'vfile'
import { findDirectives } from './find.ts'
import { failOn } from './message.ts'
import { type Options, checkOptions } from './options.ts'
import { writeInto } from './write.ts'

/**
 * Teaches remark the notation `![gen: PROMPT](ARGS)`, and shows the stored pictures of its directives. Never buys: a
 * missing picture is a fatal message that names `imprompt generate`.
 */
export function remarkImprompt(
  this: Processor,
  options: Options,
): (tree: Root, file: VFile) => Promise<void> {
  checkOptions(options)
  const data = this.data()
  ;(data.micromarkExtensions ??= []).push(genDirective())
  ;(data.fromMarkdownExtensions ??= []).push(genDirectiveFromMarkdown())
  ;(data.toMarkdownExtensions ??= []).push(genDirectiveToMarkdown())
  const root = resolve(options.root ?? process.cwd())
  const publish = writeInto(options.assets)
  let opened: Promise<OpenProject> | undefined

  return async (tree, file) => {
    const { pipeline, terms } = await (opened ??= openProject({
      folder: root,
      environment: process.env,
      ...(options.config !== undefined && { config: options.config }),
    }))
    const found = findDirectives(tree, file, pipeline.root)
    if (found.length === 0) return
    const scan = pipeline.scanDirectives(found.map(({ directive }) => directive))
    const frozen = { ...terms, mode: 'frozen' } as const
    const { gallery, report, failure } = await pipeline.build(scan, frozen, { isLazy: true })
    if (failure !== undefined) failOn(failure, report, file)
    for (const [index, { node, directive }] of found.entries()) {
      const shown = await gallery.show(directive, index === 0)
      if (shown === undefined) continue
      const { tagName, children } = pictureElement(shown, await publish(gallery, shown))
      const elements = children.flatMap((child) => (child.type === 'element' ? [child] : []))
      node.data = { hName: tagName, hChildren: elements }
    }
  }
}

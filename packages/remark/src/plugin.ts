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
  writeInto,
} from '@imprompt/core'
import type { Root } from 'mdast'
import type { Processor } from 'unified'
import type { VFile } from 'vfile'
import { replaceInData } from './data.ts'
import { findDirectives } from './find.ts'
import { replaceInMatter } from './matter.ts'
import { failOn, tellAll } from './message.ts'
import { type Options, checkOptions } from './options.ts'
import { addressesOf, showInText } from './show.ts'

/**
 * Teaches remark the notation `![gen: PROMPT](ARGS)`, and shows the stored pictures of its directives, and their
 * addresses in front matter. Never buys: a missing picture is a fatal message that names `imprompt generate`.
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
  const write = writeInto(options.assets)
  let opened: Promise<OpenProject> | undefined

  return async (tree, file) => {
    const { pipeline, terms } = await (opened ??= openProject({
      folder: root,
      environment: process.env,
      ...(options.config !== undefined && { config: options.config }),
    }))
    const found = findDirectives(tree, file, pipeline)
    const { content } = found
    if (content.directives.length === 0 && content.problems.length === 0) return
    const scan = await pipeline.understand(content)
    const frozen = { ...terms, mode: 'frozen' } as const
    const { gallery, report, failure } = await pipeline.build(scan, frozen, { isLazy: true })
    tellAll(report.problems, file)
    if (failure !== undefined) failOn(failure, report, file)
    const scene = { gallery, publish: write(gallery) }
    await showInText(found.inText, scene, options.markup ?? 'picture')
    const urls = await addressesOf(found.inMatter, scene)
    replaceInMatter(tree, file, urls)
    replaceInData(file, urls, found.place)
  }
}

import type { Plugin } from 'vite'
import { searchFor } from './left-overs.ts'
import { quoteMarks } from './quote-marks.ts'
import type { Site } from './site.ts'

type BundleHooks = Pick<Plugin, 'renderStart' | 'renderChunk' | 'generateBundle'>

/** Puts files into bundles, and searches these for what is left over. */
export function bundleHooks(site: Site): BundleHooks {
  return {
    async renderStart() {
      for (const { fileName, bytes } of site.bundleFiles(this.environment))
        this.emitFile({ type: 'asset', fileName, source: await bytes() })
    },
    renderChunk: {
      order: 'pre',
      handler(code) {
        return quoteMarks(code, (text) => this.parse(text))
      },
    },
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        const { project, leftOversIn } = site.host()
        const { leftOvers } = project.pipeline.settings
        await searchFor(leftOvers, () => leftOversIn(bundle), this)
      },
    },
  }
}

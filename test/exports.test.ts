import { expect, test } from 'vitest'

test('@imprompt/core exports these names', async () => {
  expect(Object.keys(await import('@imprompt/core')).toSorted()).toMatchInlineSnapshot(`
    [
      "ImpromptError",
      "addressOf",
      "annotations",
      "applyFixes",
      "brandSafeCreative",
      "characterSeries",
      "createPipeline",
      "defineConfig",
      "describeLeftOvers",
      "describePlace",
      "describeProblem",
      "diagnosticText",
      "diagnosticsOf",
      "directiveOf",
      "directivesInData",
      "exitCodes",
      "extensionOf",
      "fileStemOf",
      "formatUsd",
      "frontMatterBlockOf",
      "genDirective",
      "genDirectiveFromMarkdown",
      "genDirectiveToMarkdown",
      "htmlOf",
      "isContinuousIntegration",
      "jsxOf",
      "leftOverFinder",
      "mayHoldDirective",
      "mediaTypeOf",
      "openProject",
      "openai",
      "pageInData",
      "pictureData",
      "pictureElement",
      "plainImage",
      "reasonOf",
      "reportJson",
      "reportJsonSchema",
      "reportOfFailure",
      "reportOfProblems",
      "reportText",
      "rewrite",
      "rewrittenFrontMatter",
      "scan",
      "searchOutput",
      "severityOf",
      "sketch",
      "uiIllustrationPack",
      "variantsOf",
      "withUrls",
    ]
  `)
})

test('vite-plugin-imprompt exports its plugin alone', async () => {
  expect(Object.keys(await import('vite-plugin-imprompt'))).toEqual(['default'])
})

test('remark-imprompt exports its plugin alone', async () => {
  expect(Object.keys(await import('remark-imprompt'))).toEqual(['default'])
})

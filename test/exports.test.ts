import { expect, test } from 'vitest'

test('@imprompt/core exports these names', async () => {
  expect(Object.keys(await import('@imprompt/core')).toSorted()).toMatchInlineSnapshot(`
    [
      "ImpromptError",
      "addCommand",
      "addressOf",
      "adviceFor",
      "aiSdk",
      "appendStepSummary",
      "applyFixes",
      "brandSafeCreative",
      "characterSeries",
      "checkupText",
      "collectionText",
      "comparisonHeadline",
      "createPipeline",
      "defaultGraceDays",
      "defineConfig",
      "defineProvider",
      "describeLeftOvers",
      "describePlace",
      "describeProblem",
      "diagnosticText",
      "diagnosticsOf",
      "didYouMean",
      "directiveOf",
      "directivesInData",
      "draftsCommand",
      "errorOf",
      "exhibit",
      "exitCodes",
      "extensionOf",
      "fallback",
      "fieldOf",
      "fileStemOf",
      "filesFor",
      "findProject",
      "formatUsd",
      "frontMatterBlockOf",
      "genDirective",
      "genDirectiveFromMarkdown",
      "genDirectiveToMarkdown",
      "githubAnnotations",
      "groupings",
      "hashedNameOf",
      "htmlOf",
      "http",
      "inShell",
      "isContinuousIntegration",
      "isFields",
      "jsxOf",
      "ledgerFaultLines",
      "ledgerText",
      "leftLines",
      "leftOverFinder",
      "mayAskForPictures",
      "mayHoldDirective",
      "mediaTypeOf",
      "modelFactsOf",
      "modelsText",
      "nearestOf",
      "notPlanned",
      "obstacles",
      "openPictures",
      "openProject",
      "openai",
      "pageInData",
      "pickCommand",
      "pictureData",
      "pictureElement",
      "picturesOf",
      "pinnedLine",
      "placeFile",
      "plainImage",
      "projectInGit",
      "promptForms",
      "reasonOf",
      "reportJson",
      "reportJsonSchema",
      "reportMarkdown",
      "reportOfFailure",
      "reportOfProblems",
      "reportText",
      "rewrite",
      "rewrittenFrontMatter",
      "s3",
      "scan",
      "searchOutput",
      "severityOf",
      "sketch",
      "transferText",
      "typedDirective",
      "uiIllustrationPack",
      "unreadText",
      "upgradeReportOf",
      "upgradeText",
      "upward",
      "variantsOf",
      "verificationText",
      "whatIf",
      "whatIfText",
      "withTake",
      "withUrls",
      "writeInto",
    ]
  `)
})

test('@imprompt/core/provider-contract exports the contract alone', async () => {
  expect(Object.keys(await import('@imprompt/core/provider-contract'))).toEqual([
    'providerContract',
  ])
})

test('vite-plugin-imprompt exports its plugin alone', async () => {
  expect(Object.keys(await import('vite-plugin-imprompt'))).toEqual(['default'])
})

test('markdown-it-imprompt exports its plugin alone', async () => {
  expect(Object.keys(await import('markdown-it-imprompt'))).toEqual(['default'])
})

test('markdown-it-imprompt/vitepress exports what wires a configuration', async () => {
  expect(Object.keys(await import('markdown-it-imprompt/vitepress'))).toEqual(['withImprompt'])
})

test('@imprompt/astro exports its integration alone', async () => {
  expect(Object.keys(await import('@imprompt/astro'))).toEqual(['default'])
})

test('remark-imprompt exports its plugin alone', async () => {
  expect(Object.keys(await import('remark-imprompt'))).toEqual(['default'])
})

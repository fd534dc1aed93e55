import { expect, test } from 'vitest'

test('@imprompt/core exports these names', async () => {
  expect(Object.keys(await import('@imprompt/core')).toSorted()).toMatchInlineSnapshot(`
    [
      "ImpromptError",
      "createPipeline",
      "defineConfig",
      "describePlace",
      "describeProblem",
      "directiveOf",
      "exitCodes",
      "extensionOf",
      "fileStemOf",
      "formatUsd",
      "genDirective",
      "genDirectiveFromMarkdown",
      "genDirectiveToMarkdown",
      "htmlOf",
      "isContinuousIntegration",
      "jsxOf",
      "mayHoldDirective",
      "mediaTypeOf",
      "openProject",
      "openai",
      "pictureData",
      "pictureElement",
      "reasonOf",
      "reportJson",
      "reportJsonSchema",
      "reportOfFailure",
      "reportText",
      "rewrite",
      "scan",
      "severityOf",
      "sketch",
      "variantsOf",
    ]
  `)
})

test('vite-plugin-imprompt exports its plugin alone', async () => {
  expect(Object.keys(await import('vite-plugin-imprompt'))).toEqual(['default'])
})

test('remark-imprompt exports its plugin alone', async () => {
  expect(Object.keys(await import('remark-imprompt'))).toEqual(['default'])
})

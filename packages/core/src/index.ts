export type {
  Config,
  ConfigImage,
  Mode,
  Persist,
  PictureFormat,
  PlaceholderStyle,
  Usd,
} from './config/config.ts'
export { defineConfig } from './config/config.ts'
export type { BrandSafeSlots, CharacterSlots, UiIllustrationSlots } from './config/presets.ts'
export { brandSafeCreative, characterSeries, uiIllustrationPack } from './config/presets.ts'
export type { Settings } from './config/settings.ts'
export type { Flags, Terms } from './config/terms.ts'
export { isContinuousIntegration } from './config/terms.ts'
export type { Template } from './config/template.ts'
export { formatUsd } from './config/usd.ts'
export type { Diagnostic } from './diagnostic.ts'
export { diagnosticText, diagnosticsOf } from './diagnostic.ts'
export { applyFixes } from './directive/apply-fixes.ts'
export type { Content } from './directive/content.ts'
export type { DataPath, Directive, Page, RawAttribute } from './directive/directive.ts'
export type { GenDirective } from './directive/from-markdown.ts'
export { directiveOf, genDirectiveFromMarkdown } from './directive/from-markdown.ts'
export { mayHoldDirective, scan } from './directive/scan.ts'
export { frontMatterBlockOf } from './directive/front-matter/block.ts'
export { directivesInData, pageInData } from './directive/front-matter/directives-in-data.ts'
export type { PictureUrl } from './directive/front-matter/picture-url.ts'
export { rewrittenFrontMatter } from './directive/front-matter/rewritten.ts'
export type { TextEdit } from './directive/front-matter/text-edit.ts'
export { withUrls } from './directive/front-matter/with-urls.ts'
export { genDirective } from './directive/syntax.ts'
export { genDirectiveToMarkdown } from './directive/to-markdown.ts'
export type { ErrorCode } from './error.ts'
export { ImpromptError, exitCodes, reasonOf } from './error.ts'
export type { PlanInput } from './plan/plan.ts'
export type { OpenOptions, OpenProject } from './open-project.ts'
export { openProject } from './open-project.ts'
export type { Picture, Variant } from './optimise/picture.ts'
export { extensionOf, mediaTypeOf, variantsOf } from './optimise/picture.ts'
export type {
  Build,
  BuildOptions,
  Consent,
  Forecast,
  ForecastOptions,
  Pipeline,
  PipelineInput,
} from './pipeline.ts'
export { createPipeline } from './pipeline.ts'
export { describePlace } from './place.ts'
export type * from './ports.ts'
export type { Fix, Problem } from './problem.ts'
export { describeProblem, severityOf } from './problem.ts'
export type { AiSdkOptions } from './provider/ai-sdk/ai-sdk.ts'
export { aiSdk } from './provider/ai-sdk/ai-sdk.ts'
export type { AspectRatio } from './provider/ai-sdk/aspect-ratio.ts'
export type { ImageModel } from './provider/ai-sdk/image-model.ts'
export { defineProvider } from './provider/define-provider.ts'
export type { FallbackEntry, FallbackOptions } from './provider/fallback/fallback.ts'
export { fallback } from './provider/fallback/fallback.ts'
export type { OpenAiOptions } from './provider/openai/options.ts'
export { openai } from './provider/openai/openai.ts'
export { sketch } from './provider/sketch/sketch.ts'
export { fileStemOf } from './render/file-stem.ts'
export type { Gallery } from './render/gallery.ts'
export { htmlOf, jsxOf } from './render/markup.ts'
export type { PictureData } from './render/picture-data.ts'
export { pictureData } from './render/picture-data.ts'
export type { Shown } from './render/picture-element.ts'
export { addressOf, pictureElement, plainImage } from './render/picture-element.ts'
export type { LeftOver, OutputFile } from './render/left-overs.ts'
export { describeLeftOvers, leftOverFinder } from './render/left-overs.ts'
export { searchOutput } from './render/search-output.ts'
export type { Manuscript, Markup, Publish, Rewriting } from './render/rewrite.ts'
export { rewrite } from './render/rewrite.ts'
export { annotations } from './report/annotations.ts'
export type { ChangedStyle } from './report/changed-styles.ts'
export { reportOfFailure, reportOfProblems } from './report/failure.ts'
export type { ImageState, Report, ReportedImage, Totals } from './report/report.ts'
export { reportJson } from './report/report-file.ts'
export { reportJsonSchema } from './report/schema.ts'
export { reportText } from './report/text.ts'

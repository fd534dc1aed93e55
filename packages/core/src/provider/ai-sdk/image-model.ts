/** What is needed of an image model of the AI SDK, so that nobody has to install its types. */

/** A warning of a model. */
export interface ImageModelWarning {
  readonly type: string
}

/** A picture that goes along with a call. */
export interface ImageModelFile {
  readonly type: 'file'
  readonly mediaType: string
  readonly data: Uint8Array
}

/** One call of a model. */
export interface ImageModelCall {
  prompt: string
  n: number
  size: `${number}x${number}` | undefined
  aspectRatio: `${number}:${number}` | undefined
  seed: number | undefined
  files: ImageModelFile[] | undefined
  mask: ImageModelFile | undefined
  providerOptions: Record<string, JsonObject>
  abortSignal?: AbortSignal
}

/** Anything that JSON holds. */
export type JsonValue = null | string | number | boolean | JsonObject | JsonValue[]

/** An object of JSON. */
export interface JsonObject {
  [key: string]: JsonValue
}

/** What a call answers; the type of its pictures is told by their first bytes alone. */
export interface ImageModelResult {
  readonly images: readonly string[] | readonly Uint8Array[]
  readonly warnings: readonly ImageModelWarning[]
  readonly providerMetadata?: unknown
  readonly response: { readonly headers: Readonly<Record<string, string>> | undefined }
}

/** `ImageModelV2`, `ImageModelV3` or `ImageModelV4` of `@ai-sdk/provider`. */
export interface ImageModel {
  readonly specificationVersion: 'v2' | 'v3' | 'v4'
  readonly provider: string
  readonly modelId: string
  readonly supportsFileInputs?: unknown
  readonly supportsMaskInputs?: unknown
  doGenerate(call: ImageModelCall): PromiseLike<ImageModelResult>
}

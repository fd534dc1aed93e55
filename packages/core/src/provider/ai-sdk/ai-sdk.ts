import type { Usd } from '../../config/config.ts'
import { microUsdOf } from '../../config/usd.ts'
import { ImpromptError } from '../../error.ts'
import type { Connection, Environment, Estimate, GenerateInput } from '../../ports.ts'
import type { Model, Provider, SizeRule } from '../../ports.ts'
import { formatSize, parseSize } from '../../size-rule.ts'
import { checkOptions } from '../read-options.ts'
import { optionsSchema } from './options-schema.ts'
import { defaultTimeoutMs, timeoutFault } from '../timeout.ts'
import { type AspectRatio, isAspectRatio } from './aspect-ratio.ts'
import { connectionOf } from './connection.ts'
import type { ImageModel, JsonObject } from './image-model.ts'

/** What `aiSdk()` cannot read off a model. */
export interface AiSdkOptions {
  /**
   * The most that a picture costs, in dollars, or a function of what is asked for; a function that answers nothing knows
   * no price, and nothing is bought then. Nobody but its vendor knows the price of such a model.
   */
  readonly price: Usd | ((input: GenerateInput) => Usd | undefined)
  /**
   * Unique in a configuration, and part of every picture's identity.
   * @default the vendor's name after `ai-sdk-`, such as `ai-sdk-xai-image`
   */
  readonly id?: string
  /**
   * Sizes that the model makes, as texts such as `1536x1024` or as a rule. With `aspectRatios`: sizes that its pictures
   * cover.
   * @default 1024x1024, 1536x1024 and 1024x1536; with `aspectRatios` any size of up to 1024 pixels an edge
   */
  readonly sizes?: readonly string[] | SizeRule
  /**
   * For a model that takes a ratio and no size: the ratios that it takes. The nearest one is sent; the size of what
   * comes is recorded, and has to cover the picture that was asked for.
   */
  readonly aspectRatios?: readonly AspectRatio[]
  /** Options of the vendor that go along with every request, by the vendor's name. */
  readonly providerOptions?: Readonly<Record<string, JsonObject>>
  /**
   * Name of the environment's variable that the vendor's key is read from: without it, nothing is sent.
   * @default none, so that the vendor's own package has to find its key
   */
  readonly credential?: string
  /**
   * Most pictures that may go along with a request.
   * @default 0
   */
  readonly maxReferences?: number
  /**
   * Whether a mask may go along.
   * @default false
   */
  readonly mask?: boolean
  /**
   * Whether the model takes a seed.
   * @default false
   */
  readonly seed?: boolean
  /**
   * Longest prompt, in code points.
   * @default 4000
   */
  readonly maxPromptCodePoints?: number
  /**
   * How long one request may take. One that takes longer is given up and of unknown outcome, as its vendor may bill it.
   * @default 600_000
   */
  readonly timeoutMs?: number
  /**
   * Most requests a minute that the vendor's account takes.
   * @default whatever the server says
   */
  readonly imagesPerMinute?: number
  /**
   * A name of the vendor's account, of your choice: providers with the same one share its limits.
   * @default the `id`, so that each model has limits of its own
   */
  readonly account?: string
}

const threeSizes = ['1024x1024', '1536x1024', '1024x1536'] as const

/** Within it, a picture of about a megapixel covers what has its shape. */
const withinMegapixel: SizeRule = {
  kind: 'grid',
  step: 1,
  maxEdge: 1024,
  maxRatio: 4,
  minPixels: 1,
  maxPixels: 1_048_576,
}

/**
 * An image model of the AI SDK, of whichever vendor. Each request is one call of its `doGenerate` for one picture;
 * nothing is repeated by it. Warnings of the model change nothing, as what it ignored was paid for; a size that it
 * ignored shows in `making`.
 *
 * @example aiSdk(xai.image('grok-imagine-image'), { price: '$0.02', credential: 'XAI_API_KEY', aspectRatios: ['1:1', '16:9'] })
 * @throws ImpromptError `CONFIG_INVALID` for a price, size, ratio, model or option that is none
 */
export function aiSdk(model: ImageModel, options: AiSdkOptions): Provider {
  checkOptions('aiSdk()', optionsSchema, options)
  const fault = modelFault(model, options) ?? optionFault(options)
  if (fault !== undefined) throw new ImpromptError('CONFIG_INVALID', `\`aiSdk()\`: ${fault}`)
  const id = options.id ?? `ai-sdk-${model.provider.replaceAll(/[^a-z0-9]+/gi, '-')}`
  const described = describe(model, options)
  return {
    id,
    digitalSourceType: 'trainedAlgorithmicMedia',
    models: [described],
    defaultModel: described.id,
    ...(options.credential !== undefined && { credentials: [options.credential] }),
    estimate: (input) => (input.model === described.id ? estimate(input, options) : undefined),
    connect: (environment) => connect({ model, described, options }, environment),
  }
}

/** A model as this package describes it, with what it is called with. */
export interface Described {
  readonly model: ImageModel
  readonly described: Model
  readonly options: AiSdkOptions
}

function connect(all: Described, environment: Environment): Connection {
  const { credential } = all.options
  if (credential !== undefined && !environment[credential])
    return { kind: 'locked', missing: credential }
  return connectionOf(all, environment)
}

function describe(model: ImageModel, options: AiSdkOptions): Model {
  const { maxReferences = 0 } = options
  return {
    id: model.modelId,
    aliases: [],
    sizes: sizesOf(options),
    qualities: [],
    backgrounds: [],
    honours: [
      ...(options.seed === true ? (['seed'] as const) : []),
      ...(maxReferences > 0 ? (['ref'] as const) : []),
      ...(options.mask === true ? (['mask'] as const) : []),
    ],
    maxPromptCodePoints: options.maxPromptCodePoints ?? 4000,
    ...(maxReferences > 0 && { maxReferences }),
  }
}

function sizesOf({ sizes, aspectRatios }: AiSdkOptions): SizeRule {
  if (sizes !== undefined && 'kind' in sizes) return sizes
  if (sizes === undefined && aspectRatios !== undefined) return withinMegapixel
  return { kind: 'list', sizes: (sizes ?? threeSizes).flatMap((text) => parseSize(text) ?? []) }
}

function estimate(input: GenerateInput, { price }: AiSdkOptions): Estimate | undefined {
  const amount = typeof price === 'function' ? price(input) : price
  const microUsd = amount === undefined ? undefined : microUsdOf(amount)
  if (microUsd === undefined) return undefined
  return { microUsd, worstMicroUsd: microUsd, basis: 'upper-bound', source: 'the configuration' }
}

function modelFault(model: ImageModel, options: AiSdkOptions): string | undefined {
  const { maxReferences = 0, mask = false } = options
  const version = model.specificationVersion
  // A model of language has the same method and versions, and streams besides.
  const isImageModel = typeof model.doGenerate === 'function' && !('doStream' in model)
  if (!['v2', 'v3', 'v4'].includes(version) || !isImageModel)
    return "unexpected model, expected an image model of the AI SDK such as `xai.image('grok-imagine-image')`"
  const takesFiles = version !== 'v2' && model.supportsFileInputs !== false
  if (maxReferences > 0 && !takesFiles)
    return `unexpected \`maxReferences\`, as \`${model.modelId}\` takes no pictures`
  if (mask && (maxReferences === 0 || model.supportsMaskInputs === false))
    return `unexpected \`mask\`, as \`${model.modelId}\` takes none, or \`maxReferences\` is 0`
  return undefined
}

function optionFault(options: AiSdkOptions): string | undefined {
  const { price, sizes, aspectRatios, id, imagesPerMinute = 1 } = options
  const { timeoutMs = defaultTimeoutMs } = options
  if (id === '') return 'unexpected empty `id`, expected a name'
  const late = timeoutFault(timeoutMs)
  if (late !== undefined) return late
  if (!(imagesPerMinute >= 1))
    return `unexpected \`imagesPerMinute\` \`${imagesPerMinute}\`, expected a number from 1`
  if (typeof price !== 'function' && (price === undefined || microUsdOf(price) === undefined))
    return `unexpected \`price\` \`${String(price)}\`, expected dollars for a picture such as \`0.04\`, or a function`
  const texts = sizes === undefined || 'kind' in sizes ? [] : sizes
  const size = texts.find((text) => parseSize(text) === undefined)
  if (size !== undefined || (Array.isArray(sizes) && sizes.length === 0))
    return `unexpected \`sizes\` \`${size ?? '[]'}\`, expected texts such as \`${formatSize({ width: 1024, height: 1024 })}\``
  const ratio = aspectRatios?.find((text) => !isAspectRatio(text))
  if (ratio !== undefined || aspectRatios?.length === 0)
    return `unexpected \`aspectRatios\` \`${ratio ?? '[]'}\`, expected ratios such as \`16:9\``
  return undefined
}

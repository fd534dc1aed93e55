import type { Model, SizeRule } from '../../ports.ts'

/** A dated snapshot, so that the same request keeps meaning the same model. */
export const defaultModel = 'gpt-image-2.5-flare-2026-09-08'

const anySize: SizeRule = {
  kind: 'grid',
  step: 16,
  maxEdge: 3840,
  maxRatio: 3,
  minPixels: 655_360,
  maxPixels: 8_294_400,
}

const gptImage: Omit<Model, 'id'> = {
  aliases: [],
  sizes: anySize,
  qualities: ['low', 'medium', 'high', 'auto'],
  backgrounds: ['transparent', 'opaque', 'auto'],
  honours: ['quality', 'background', 'moderation', 'ref', 'mask', 'vary'],
  maxReferences: 16,
  maxPromptCodePoints: 32_000,
}

const fiveQualities = ['low', 'medium', 'high', 'xhigh', 'max', 'auto'] as const

/** Sizes, the upper two qualities and transparent backgrounds are told of it by third parties alone. */
const twoSix: Omit<Model, 'id'> = {
  ...gptImage,
  qualities: fiveQualities,
  honours: [...gptImage.honours, 'complexity', 'animated', 'vector'],
  // OpenAI's own client says so; other documents say 64.
  frames: { min: 2, max: 16 },
}

const threeSizes = listOf([1024, 1024], [1536, 1024], [1024, 1536])

const leaving = {
  ...gptImage,
  sizes: threeSizes,
  retiresOn: '2026-12-01',
  // The vendor names both models of 2.6.
  successor: 'gpt-image-2.6-flare',
} as const

/** Retired by their vendor, who names GPT Image in their place; compatible servers may serve them. */
const dallE = { aliases: [], backgrounds: [], retiresOn: '2026-05-12', successor: defaultModel }

/**
 * The image models of OpenAI, retired ones included so that a caller can name their date. A model
 * with dated snapshots goes by its snapshot; its moving name is an alias. Limits are those of the
 * API reference and of the deprecations page, read on 2026-11-22; how many pictures an edit takes is
 * documented for GPT Image as a whole. None of it was tried on a live account.
 */
export const models: readonly Model[] = [
  {
    ...gptImage,
    id: 'gpt-image-2.5-flare-2026-09-08',
    aliases: ['gpt-image-2.5-flare'],
    qualities: fiveQualities,
  },
  {
    ...gptImage,
    id: 'gpt-image-2.5-sunburst-2026-09-08',
    aliases: ['gpt-image-2.5-sunburst'],
    qualities: fiveQualities,
  },
  { ...twoSix, id: 'gpt-image-2.6-flare' },
  { ...twoSix, id: 'gpt-image-2.6-sunburst' },
  // Its transparent backgrounds are a preview.
  { ...gptImage, id: 'gpt-image-2-2026-04-21', aliases: ['gpt-image-2'] },
  { ...leaving, id: 'gpt-image-1.5-2025-12-16', aliases: ['gpt-image-1.5'] },
  { ...leaving, id: 'gpt-image-1-mini' },
  { ...leaving, id: 'chatgpt-image-latest' },
  {
    ...gptImage,
    id: 'gpt-image-1',
    sizes: threeSizes,
    retiresOn: '2026-10-23',
    successor: defaultModel,
  },
  {
    ...dallE,
    id: 'dall-e-3',
    sizes: listOf([1024, 1024], [1792, 1024], [1024, 1792]),
    qualities: ['standard', 'hd'],
    honours: ['quality', 'rendering'],
    renderings: ['vivid', 'natural'],
    maxPromptCodePoints: 4000,
  },
  {
    ...dallE,
    id: 'dall-e-2',
    sizes: listOf([256, 256], [512, 512], [1024, 1024]),
    qualities: ['standard'],
    honours: ['ref', 'mask', 'vary'],
    maxReferences: 1,
    variesWithoutPrompt: true,
    maxPromptCodePoints: 1000,
  },
]

/** Finds a model by its id or an alias. */
export function modelOf(name: string): Model | undefined {
  return models.find((model) => model.id === name || model.aliases.includes(name))
}

/** The quality of a model that makes one alone and is not asked for it; nothing where there is a choice. */
export function soleQualityOf(name: string): string | undefined {
  const model = modelOf(name)
  if (model === undefined || model.honours.includes('quality')) return undefined
  const [only, ...others] = model.qualities
  return others.length === 0 ? only : undefined
}

function listOf(...sizes: readonly (readonly [width: number, height: number])[]): SizeRule {
  return { kind: 'list', sizes: sizes.map(([width, height]) => ({ width, height })) }
}

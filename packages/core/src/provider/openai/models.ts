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

const threeSizes: SizeRule = {
  kind: 'list',
  sizes: [
    { width: 1024, height: 1024 },
    { width: 1536, height: 1024 },
    { width: 1024, height: 1536 },
  ],
}

const gptImage: Omit<Model, 'id'> = {
  aliases: [],
  sizes: anySize,
  qualities: ['low', 'medium', 'high', 'auto'],
  backgrounds: ['transparent', 'opaque', 'auto'],
  honours: ['quality', 'background', 'moderation'],
  maxPromptCodePoints: 32_000,
}

const fiveQualities = ['low', 'medium', 'high', 'xhigh', 'max', 'auto'] as const

const leaving = { ...gptImage, sizes: threeSizes, retiresOn: '2026-12-01' } as const

/**
 * The image models of OpenAI, retired ones included so that a caller can name their date. A model
 * with dated snapshots goes by its snapshot; its moving name is an alias. Limits are those of the
 * API reference and of the deprecations page, read on 2026-11-22.
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
  { ...gptImage, id: 'gpt-image-2.6-flare', qualities: fiveQualities },
  { ...gptImage, id: 'gpt-image-2.6-sunburst', qualities: fiveQualities },
  // Its transparent backgrounds are a preview.
  { ...gptImage, id: 'gpt-image-2-2026-04-21', aliases: ['gpt-image-2'] },
  { ...leaving, id: 'gpt-image-1.5-2025-12-16', aliases: ['gpt-image-1.5'] },
  { ...leaving, id: 'gpt-image-1-mini' },
  { ...leaving, id: 'chatgpt-image-latest' },
  { ...gptImage, id: 'gpt-image-1', sizes: threeSizes, retiresOn: '2026-10-23' },
  {
    id: 'dall-e-3',
    aliases: [],
    sizes: {
      kind: 'list',
      sizes: [
        { width: 1024, height: 1024 },
        { width: 1792, height: 1024 },
        { width: 1024, height: 1792 },
      ],
    },
    qualities: ['standard', 'hd'],
    backgrounds: [],
    honours: ['quality'],
    maxPromptCodePoints: 4000,
    retiresOn: '2026-05-12',
  },
  {
    id: 'dall-e-2',
    aliases: [],
    sizes: {
      kind: 'list',
      sizes: [
        { width: 256, height: 256 },
        { width: 512, height: 512 },
        { width: 1024, height: 1024 },
      ],
    },
    qualities: ['standard'],
    backgrounds: [],
    honours: [],
    maxPromptCodePoints: 1000,
    retiresOn: '2026-05-12',
  },
]

/** Finds a model by its id or an alias. */
export function modelOf(name: string): Model | undefined {
  return models.find((model) => model.id === name || model.aliases.includes(name))
}

/** How much of the prompts a document for other eyes shows. */
export const promptForms = ['none', 'excerpt', 'full'] as const

/** How much of the prompts a document for other eyes shows. */
export type Prompts = (typeof promptForms)[number]

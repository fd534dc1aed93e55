/** Words of GPT Image that the Images and the Responses API take alike. */
export const qualities = ['low', 'medium', 'high', 'xhigh', 'max', 'auto'] as const
export const backgrounds = ['transparent', 'opaque', 'auto'] as const
export const moderations = ['low', 'auto'] as const
export const complexities = ['low', 'medium', 'high'] as const

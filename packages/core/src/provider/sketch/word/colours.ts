/** Colours by the words that ask for them. */
export const colours = {
  '#d2402f': 'red, crimson, scarlet, ruby, vermilion',
  '#e97a32': 'orange, tangerine, amber',
  '#f1b93b': 'yellow, golden, gold, mustard, saffron, ochre',
  '#4f9a5b': 'green, emerald, jade',
  '#7f8f4e': 'olive, khaki, sage',
  '#2f8f8c': 'teal, turquoise, aqua, cyan, petrol',
  '#2f68b0': 'blue, azure, cobalt, sapphire, cerulean',
  '#263c78': 'navy, indigo, ultramarine',
  '#7d55a0': 'purple, violet, amethyst',
  '#a99bd0': 'lavender, lilac, mauve',
  '#e57f9c': 'pink, rosy, magenta, fuchsia',
  '#ef8168': 'coral, apricot',
  '#8a5a3b': 'brown, chestnut, copper, bronze, sepia, terracotta',
  '#d8bd92': 'beige, tan, ivory',
  '#f4efe4': 'white',
  '#8b929a': 'grey, gray, silver',
  '#2a2c36': 'black, charcoal',
} as const

/** Words about colours that dip the whole picture in them. */
export const tintWords =
  'palette, tone, hue, monochrome, duotone, tinted, colour scheme, color scheme'

import type { MediumName } from '../medium.ts'

/** Techniques by the words that ask for them. */
export const mediumWords: Readonly<Record<MediumName, string>> = {
  gouache: 'gouache, painting, oil, acrylic, tempera, painted, illustration',
  flat: 'flat, vector, minimal, minimalist',
  poster: 'poster, vintage, retro, mid century, travel poster, art deco, wpa',
  watercolour: 'watercolour, watercolor, aquarelle, wash',
  pastel: 'pastel, chalk, crayon',
  ink: 'ink, sumi, pen, etching, engraving, black and white, line art, ink wash',
  pencil: 'pencil, graphite, sketch, drawing, charcoal drawing, hand drawn',
  linocut: 'linocut, lino, woodcut, woodblock, block print, lino print',
  riso: 'riso, risograph, screen print, screenprint, halftone, silkscreen, comic, pop art',
  blueprint: 'blueprint, cyanotype, schematic, technical drawing',
  papercut: 'paper cut, papercut, cut paper, collage, origami',
  glass: 'stained glass, stained glass window, mosaic, cloisonne',
}

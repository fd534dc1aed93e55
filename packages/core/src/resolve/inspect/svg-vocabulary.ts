/** Elements that only draw. https://www.w3.org/TR/SVG2/eltindex.html without links, scripts, movement and media. */
const drawnElements = new Set(
  'svg g defs symbol use path rect circle ellipse line polyline polygon text tspan textPath title desc style image linearGradient radialGradient stop clipPath mask pattern marker switch filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence'.split(
    ' ',
  ),
)

/** Elements that run, embed or load; compared in small letters and without a prefix. */
const activeElements = new Set(
  'script foreignobject iframe object embed audio video handler listener base link'.split(' '),
)

/** Whether an element of this name draws; any other is left out of what pages get. */
export function isDrawn(name: string): boolean {
  return drawnElements.has(name)
}

/** Names with a prefix are notes of editors, or declare namespaces. */
export function isSafeAttribute(name: string): boolean {
  return name === 'xlink:href' || /^(?!on|xmlns|base$)[a-z][\w-]*$/i.test(name)
}

/**
 * Why an element is more than a drawing; nothing where it is none.
 * @param text Its text, of which a style sheet consists.
 */
export function activeFault(
  name: string,
  attributes: readonly (readonly [string, string])[],
  text: string,
): string | undefined {
  const local = localName(name)
  if (activeElements.has(local)) return `it holds \`<${local}>\``
  if (local === 'style' && isActiveStyle(text)) return 'its style sheet loads other files'
  for (const [attribute, value] of attributes) {
    const key = localName(attribute)
    if (key.startsWith('on')) return 'it holds an event handler'
    if ((key === 'href' || key === 'src') && !isInnerAddress(value))
      return 'it names an address outside of itself'
    if (!attribute.startsWith('xmlns') && isActiveStyle(value))
      return 'one of its attributes loads other files'
  }
  return undefined
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1).toLowerCase()
}

/** A part of the drawing, or pixels that are written out in it. */
function isInnerAddress(value: string): boolean {
  return /^\s*(?:#|data:image\/(?:png|jpeg|webp|gif);base64,)/i.test(value)
}

/** A backslash may hide any letter of a style. */
function isActiveStyle(style: string): boolean {
  return /@import|@font-face|image-set|javascript:|\\|url\(\s*(?!["']?\s*#)/i.test(style)
}

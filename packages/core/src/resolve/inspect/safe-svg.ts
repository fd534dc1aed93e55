import { XmlCdata, XmlElement, XmlText, parseXml } from '@rgrove/parse-xml'
import type { Element, ElementContent } from 'hast'
import { toHtml } from 'hast-util-to-html'
import { reasonOf } from '../../error.ts'
import type { DigitalSourceType, Size } from '../../ports.ts'
import { activeFault, isDrawn, isSafeAttribute } from './svg-vocabulary.ts'

/** A drawing that was read: its shape, and the way to write it for a page. */
export interface SafeSvg {
  /** Of its view box, or else of its width and height; in its own units. */
  readonly shape: Size
  /** The drawing as a page may have it: known elements and attributes alone, of this size in pixels. */
  write(options: SvgOptions): string
}

export interface SvgOptions {
  readonly size: Size
  readonly fit: 'cover' | 'contain' | 'fill'
  readonly digitalSourceType: DigitalSourceType
}

/** Far above any drawing that a model writes, far below what would hold up a build. */
export const maxSvgBytes: number = 2 * 1024 * 1024

/**
 * Reads a vector drawing strictly. A script, an event handler, foreign markup, an entity or an address outside of the
 * drawing is a fault and not merely removed: a model that draws has no business there, so that a person shall look at
 * the reply. Comments and what editors note down are left out in silence.
 */
export function readSvg(bytes: Uint8Array): SafeSvg | { readonly fault: string } {
  if (bytes.length > maxSvgBytes) return { fault: `it has more than ${maxSvgBytes} bytes` }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) return { fault: 'it declares a document type' }
    const { root } = parseXml(text)
    if (root === null) return { fault: 'it is empty' }
    return drawingOf(root)
  } catch (cause) {
    return { fault: `it is no XML: ${reasonOf(cause)}` }
  }
}

function drawingOf(root: XmlElement): SafeSvg | { readonly fault: string } {
  const { name, attributes } = root
  if (name !== 'svg' || attributes['xmlns'] !== namespace) return { fault: 'it is no `<svg>`' }
  const shape = shapeOf(attributes)
  if (shape === undefined) return { fault: 'it has neither a `viewBox` nor a size' }
  const fault = faultIn(root, 0)
  if (fault !== undefined) return { fault }
  const drawn = elementOf(root)
  return {
    shape,
    write: (options) => toHtml(dressed(drawn, shape, options), svgSyntax),
  }
}

const namespace = 'http://www.w3.org/2000/svg'
const svgSyntax = { space: 'svg', closeEmptyElements: true } as const

/** Deeper nesting would exhaust the stack of whatever draws it. */
const maxDepth = 200

function faultIn(element: XmlElement, depth: number): string | undefined {
  if (depth > maxDepth) return `it is nested deeper than ${maxDepth} elements`
  const own = activeFault(element.name, Object.entries(element.attributes), element.text)
  if (own !== undefined) return own
  for (const child of element.children) {
    const fault = child instanceof XmlElement ? faultIn(child, depth + 1) : undefined
    if (fault !== undefined) return fault
  }
  return undefined
}

function elementOf(element: XmlElement): Element {
  const attributes = Object.entries(element.attributes).filter(([name]) => isSafeAttribute(name))
  return {
    type: 'element',
    tagName: element.name,
    properties: Object.fromEntries(
      attributes.map(([name, value]) => [name === 'xlink:href' ? 'href' : name, value]),
    ),
    children: element.children.flatMap((child): ElementContent[] => {
      if (child instanceof XmlElement) return isDrawn(child.name) ? [elementOf(child)] : []
      const isText = child instanceof XmlText || child instanceof XmlCdata
      return isText ? [{ type: 'text', value: child.text }] : []
    }),
  }
}

const aspects = { cover: 'xMidYMid slice', contain: 'xMidYMid meet', fill: 'none' } as const

/** The outermost element, sized for a page and marked with how the drawing came to be. */
function dressed(
  drawn: Element,
  shape: Size,
  { size, fit, digitalSourceType }: SvgOptions,
): Element {
  const { viewBox = `0 0 ${shape.width} ${shape.height}`, ...properties } = drawn.properties
  const mark: Element = {
    type: 'element',
    tagName: 'metadata',
    properties: {},
    children: [
      {
        type: 'text',
        value: `http://cv.iptc.org/newscodes/digitalsourcetype/${digitalSourceType}`,
      },
    ],
  }
  return {
    ...drawn,
    properties: {
      ...properties,
      xmlns: namespace,
      width: size.width,
      height: size.height,
      viewBox,
      preserveAspectRatio: aspects[fit],
    },
    children: [mark, ...drawn.children],
  }
}

function shapeOf(attributes: Readonly<Record<string, string>>): Size | undefined {
  const [, , boxWidth, boxHeight] = (attributes['viewBox'] ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number)
  const width = boxWidth ?? pixelsOf(attributes['width'])
  const height = boxHeight ?? pixelsOf(attributes['height'])
  return width > 0 && height > 0 && Number.isFinite(width * height) ? { width, height } : undefined
}

function pixelsOf(length = ''): number {
  return Number(/^\s*([\d.]+)(?:px)?\s*$/.exec(length)?.[1] ?? 0)
}

import type { Template } from './template.ts'

/** What a brand-safe creative holds to. Each slot may name fields of the front matter, such as `{product}`. */
export interface BrandSafeSlots {
  /** What is shown, in the brand's own words. */
  readonly product: string
  /** Who it is for. */
  readonly audience?: string
  readonly visualStyle?: string
  readonly composition?: string
  readonly colours?: string
  readonly background?: string
  /**
   * What must not be in the picture.
   * @default 'text, logos, watermarks, people who could be recognised, other brands'
   */
  readonly leaveOut?: string
}

/** A template for pictures of a product that a brand can stand behind; the prompt says what this one shows. */
export function brandSafeCreative(slots: BrandSafeSlots): Template {
  return sentences([
    ['', '{prompt}'],
    ['Product', slots.product],
    ['Audience', slots.audience],
    ['Visual style', slots.visualStyle],
    ['Composition', slots.composition],
    ['Colours', slots.colours],
    ['Background', slots.background],
    [
      'Leave out',
      slots.leaveOut ?? 'text, logos, watermarks, people who could be recognised, other brands',
    ],
  ])
}

/** Who a series is about, and what changes from picture to picture. */
export interface CharacterSlots {
  /** The character sheet: build, face, hair, clothes, marks. */
  readonly character: string
  readonly style?: string
  /** @default the prompt says it */
  readonly pose?: string
  readonly expression?: string
  /**
   * What stays the same in every picture.
   * @default 'face, hair, clothes, proportions and line are the same in every picture'
   */
  readonly constant?: string
}

/** A template for pictures of one character, who stays the same; the prompt says what happens. */
export function characterSeries(slots: CharacterSlots): Template {
  return sentences([
    ['', '{prompt}'],
    ['Character sheet', slots.character],
    ['Style', slots.style],
    ['Pose', slots.pose],
    ['Expression', slots.expression],
    [
      'What stays the same',
      slots.constant ?? 'face, hair, clothes, proportions and line are the same in every picture',
    ],
  ])
}

/** What the illustrations of a user interface have in common. */
export interface UiIllustrationSlots {
  readonly theme: string
  /**
   * Rules of the drawing.
   * @default 'flat shapes, one line width, no gradients, no text, readable at small sizes'
   */
  readonly constraints?: string
  readonly palette?: string
  /** @default the prompt says it */
  readonly subject?: string
}

/** A template for a pack of illustrations for a user interface; the prompt says what this one shows. */
export function uiIllustrationPack(slots: UiIllustrationSlots): Template {
  return sentences([
    ['', '{prompt}'],
    ['Subject', slots.subject],
    ['Theme', slots.theme],
    [
      'Style constraints',
      slots.constraints ??
        'flat shapes, one line width, no gradients, no text, readable at small sizes',
    ],
    ['Palette', slots.palette],
  ])
}

/** Slots that were left out leave nothing behind. */
function sentences(parts: readonly (readonly [string, string | undefined])[]): Template {
  return parts
    .flatMap(([label, text]) => {
      if (text === undefined) return []
      return [label === '' ? text : `${label}: ${text}`]
    })
    .join('. ')
}

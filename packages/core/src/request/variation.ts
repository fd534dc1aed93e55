import type { Directive } from '../directive/directive.ts'
import type { Model } from '../ports.ts'
import type { Fault } from '../problem.ts'
import type { AttributeTexts } from './attributes.ts'
import type { Display } from './display.ts'
import type { ImageRequest } from './image-request.ts'
import { nearestOf } from '../nearest.ts'
import { type Names, isReuse } from './reuse.ts'

/** Whether a directive asks for a picture that is made from another one. */
export function isVariation(directive: Directive): boolean {
  return !isReuse(directive) && directive.attributes.some(({ name }) => name === 'vary')
}

/** The picture that `vary` names, and what is wrong with it. */
export function variedBy(
  texts: AttributeTexts,
  names: Names,
): { readonly base: ImageRequest | undefined; readonly faults: readonly Fault[] } {
  const name = texts.get('vary')
  if (name === undefined) return { base: undefined, faults: [] }
  const base = names.get(name.toLowerCase())
  if (base === undefined) {
    const nearest = nearestOf(name, [...names.keys()])
    return { base, faults: [{ kind: 'vary-unknown', name, nearest }] }
  }
  if (depthOf(base) >= maxDepth) return { base, faults: [{ kind: 'vary-deep', limit: maxDepth }] }
  const { frames, vector } = base.request
  const actual = vector === true ? 'a drawing' : frames === undefined ? undefined : 'an animation'
  return { base, faults: actual === undefined ? [] : [{ kind: 'vary-unsuitable', name, actual }] }
}

/** A picture loses something each time that a model works it over; and each has to be bought after the one before. */
const maxDepth = 8

/** How many pictures one is made from, one after the other. */
export function depthOf({ base }: ImageRequest): number {
  return base === undefined ? 0 : 1 + depthOf(base)
}

/** What a picture shows, in its author's words: its prompt, or where it varies another without one, what that shows. */
export function captionOf({ prompt, base }: Pick<ImageRequest, 'prompt' | 'base'>): string {
  return prompt === '' && base !== undefined ? captionOf(base) : prompt
}

/** The prompt for a picture whose author may have written none, as it varies another one. */
export function promptFor(prompt: string, base: ImageRequest | undefined): string {
  const isBare = prompt === '' && base !== undefined
  return isBare ? `A variation of this picture: ${captionOf(base)}` : prompt
}

/** Whether a model takes the picture that is varied, and no words beside it. */
export function isWordless(texts: AttributeTexts, model: Model | undefined): boolean {
  const isOther = texts.has('ref') || texts.has('mask')
  return texts.has('vary') && !isOther && model?.variesWithoutPrompt === true
}

/** What varies a picture without a prompt has that one's alternative text. */
export function inheriting(
  display: Display,
  prompt: string,
  base: ImageRequest | undefined,
): Display {
  const isBare = prompt === '' && base !== undefined
  return isBare ? { ...display, alt: display.alt ?? base.display.alt } : display
}

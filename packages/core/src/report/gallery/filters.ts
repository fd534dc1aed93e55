import type { Element } from 'hast'
import { count } from '../../wording.ts'
import { type ReportedImage, imageStates } from '../report.ts'
import { type Child, element, lines } from './element.ts'
import { visibleLine } from './visible.ts'

/** What readers choose by: each list in the order in which it is offered. */
export interface Choices {
  readonly states: readonly string[]
  readonly models: readonly string[]
  readonly pages: readonly string[]
}

/** What there is to choose from. */
export function choicesOf(images: readonly ReportedImage[]): Choices {
  const states = new Set<string>(images.map(({ state }) => state))
  return {
    states: imageStates.filter((state) => states.has(state)),
    models: [...new Set(images.map(({ model }) => model))].toSorted(),
    pages: [...new Set(images.flatMap(pagesOf))].toSorted(),
  }
}

/** The files that an image stands in, each once. */
export function pagesOf({ places }: ReportedImage): readonly string[] {
  return [...new Set(places.map(({ file }) => file))]
}

/**
 * The controls, unseen in their room until the script that they need shows them, and the line that says how many pictures they let
 * through. A choice is told by its number, as names may hold spaces.
 */
export function filterControls(
  choices: Choices,
  images: readonly ReportedImage[],
): readonly Element[] {
  const all = count(images.length, 'picture')
  return [
    element(
      'search',
      { className: ['filters'], inert: true, ariaLabel: 'Pictures' },
      ...lines([
        element('label', {}, 'Search', element('input', { type: 'search', autoComplete: ['off'] })),
        choice('State', 'state', choices.states),
        choice('Model', 'model', choices.models),
        choice('Page', 'pages', choices.pages),
        element('button', { type: 'button', disabled: true }, 'Reset'),
      ]),
    ),
    element('p', { className: ['status'], role: 'status', dataAll: all }, all),
  ]
}

function choice(label: string, name: string, options: readonly string[]): Element {
  const list: readonly Child[] = [
    element('option', { value: '' }, 'All'),
    ...options.map((option, at) => element('option', { value: `${at}` }, visibleLine(option))),
  ]
  return element('label', {}, label, element('select', { name, autoComplete: ['off'] }, ...list))
}

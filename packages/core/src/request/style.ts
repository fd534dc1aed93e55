import picomatch from 'picomatch'
import type { Settings } from '../config/settings.ts'
import { type Template, fieldsOf, fillTemplate, noStyle } from '../config/template.ts'
import type { Page } from '../directive/directive.ts'
import type { Entry } from '../ports.ts'
import type { Fault } from '../problem.ts'
import { nearestOf } from '../nearest.ts'
import { foldText } from './prompt.ts'

/** The style of a request. */
export interface Style {
  readonly name: string
  /** As the configuration has it. */
  readonly template: Template
  /** The template with the fields of its page in place, and `{prompt}` still open. */
  readonly text: string
  /** Whether the directive names it; a default style is no part of the authored key. */
  readonly isExplicit: boolean
}

/** A style as an entry tells of it: one that the directive names, with the template of the day. */
export function namedStyle(style: Style | undefined): Entry['style'] {
  return style?.isExplicit === true ? { name: style.name, template: style.template } : undefined
}

/** The style that a directive names, else the default one of its folder; nothing where there is neither. */
export function styleOf(
  named: string | undefined,
  file: string,
  page: Page | undefined,
  settings: Settings,
): { readonly style?: Style; readonly faults: readonly Fault[] } {
  const name = named ?? defaultStyle(file, settings)
  if (name === undefined) return { faults: [] }
  const template = name === noStyle ? '{prompt}' : settings.styles.get(name)
  if (template === undefined) return { faults: [unknownStyle(name, settings)] }
  const fields = page?.fields ?? noFields
  const missing = fieldsOf(template).filter((field) => !fields.has(field))
  return {
    style: {
      name,
      template,
      text: expandTemplate(template, page),
      isExplicit: named !== undefined,
    },
    faults: missing.map((field) => ({
      kind: 'style-field-unknown',
      style: name,
      field,
      nearest: nearestOf(field, [...fields.keys()]),
    })),
  }
}

/** A template with the fields of a page in place, and `{prompt}` still open. */
export function expandTemplate(template: Template, page: Page | undefined): string {
  return fillTemplate(foldText(template), foldedFields(page))
}

/** What a provider is asked: the prompt, inside the template of its style where it has one. */
export function promptInStyle(
  prompt: string,
  style: Style | undefined,
  page: Page | undefined,
): string {
  if (style === undefined) return prompt
  return fillTemplate(
    foldText(style.template),
    new Map([...foldedFields(page), ['prompt', prompt]]),
  )
}

const noFields: Page['fields'] = new Map()

/** A field that is called `prompt` is no prompt. */
function foldedFields(page: Page | undefined): ReadonlyMap<string, string> {
  const fields = [...(page?.fields ?? noFields)].filter(([name]) => name !== 'prompt')
  return new Map(fields.map(([name, text]) => [name, foldText(text.normalize('NFC'))]))
}

function defaultStyle(file: string, settings: Settings): string | undefined {
  return settings.defaultStyles.find(([glob]) => picomatch.isMatch(file, glob))?.[1]
}

function unknownStyle(name: string, settings: Settings): Fault {
  const known = [...settings.styles.keys()]
  return {
    kind: 'attribute-value',
    name: 'style',
    actual: name,
    expected: known.map((one) => `\`${one}\``).join(', ') || 'none: none is configured',
    nearest: nearestOf(name, known),
  }
}

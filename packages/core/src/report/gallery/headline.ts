import type { Element } from 'hast'
import { formatUsd } from '../../config/usd.ts'
import { bytesInWords, count } from '../../wording.ts'
import { type Report, imageStates } from '../report.ts'
import { pinnedLine } from '../pinned-line.ts'
import { element, lines } from './element.ts'
import type { PictureFacts } from './figure.ts'

/** What the build came to, before any single picture. */
export function headlineOf(report: Report, pictures: ReadonlyMap<string, PictureFacts>): Element {
  const { totals } = report
  const states = imageStates.filter((state) => totals[state] > 0)
  const counts = states.map((state) => `${totals[state]} ${state}`)
  const figures = [
    figure('Pictures', `${totals.images}`, counts.join(', ')),
    figure('Spent', formatUsd(totals.spentMicroUsd), `in ${count(totals.requests, 'request')}`),
    figure('Saved by reuse', formatUsd(totals.savedMicroUsd), 'paid for before, not again'),
    ...budgetFigure(report),
    ...bytesFigure(report, pictures),
  ]
  return element(
    'header',
    {},
    element('h1', {}, 'Pictures of the last build'),
    element(
      'p',
      { className: ['notes'] },
      `${count(totals.directives, 'directive')} in ${count(report.content.files, 'file')}`,
    ),
    ...problemNote(report),
    ...pinnedNote(report),
    element('dl', { className: ['figures'] }, ...lines(figures)),
  )
}

/** An amount, what it is and what to think of it. */
export function figure(name: string, value: string, detail: string): Element {
  return element(
    'div',
    {},
    element('dt', {}, name),
    element('dd', { className: ['value'] }, value),
    element('dd', { className: ['quiet'] }, detail),
  )
}

function budgetFigure({ budget }: Report): readonly Element[] {
  const rule = budget.rules.find(({ id }) => id === 'build')
  if (rule === undefined || !('limitMicroUsd' in rule)) return []
  const state = rule.state === 'pass' ? 'kept' : 'exceeded'
  const detail = `${state}; new pictures at most ${formatUsd(rule.actualMicroUsd)}`
  return [figure('Budget of a build', formatUsd(rule.limitMicroUsd), detail)]
}

/** Pictures whose files were not made yet are left out on both sides. */
function bytesFigure(
  { images }: Report,
  pictures: ReadonlyMap<string, PictureFacts>,
): readonly Element[] {
  const known = images.flatMap(({ key, original }) => {
    const onPage = pictures.get(key)?.pageBytes
    return original === undefined || onPage === undefined
      ? []
      : [{ bought: original.bytes, onPage }]
  })
  const bought = known.reduce((sum, one) => sum + one.bought, 0)
  const onPage = known.reduce((sum, one) => sum + one.onPage, 0)
  if (bought <= onPage) return []
  const detail = `${bytesInWords(onPage)} on pages, for ${bytesInWords(bought)} as bought`
  return [figure('Bytes saved', bytesInWords(bought - onPage), detail)]
}

function pinnedNote({ totals }: Report): readonly Element[] {
  const line = pinnedLine(totals)
  if (line === undefined) return []
  const [before = '', command = '', after = ''] = line.split('`')
  const parts = [before, element('code', {}, command), after]
  return [element('p', { className: ['notes'] }, ...parts)]
}

function problemNote({ problems, incidents }: Report): readonly Element[] {
  const errors = problems.filter(({ severity }) => severity === 'error').length
  const warnings = problems.length - errors + incidents.length
  const parts = [
    ...(errors === 0 ? [] : [`${count(errors, 'problem')} to mend`]),
    ...(warnings === 0 ? [] : [count(warnings, 'warning')]),
  ]
  if (parts.length === 0) return []
  const more = ['; ', element('code', {}, 'imprompt lint'), ' tells more']
  const className = errors === 0 ? ['notes'] : ['notes', 'bad']
  return [element('p', { className }, parts.join(' and '), ...more)]
}

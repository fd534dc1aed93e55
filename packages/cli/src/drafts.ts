import { relative } from 'node:path'
import {
  type Directive,
  type DraftChoice,
  type DraftLook,
  type Forecast,
  type KeptSheet,
  type PlanInput,
  type Report,
  adviceFor,
  draftsCommand,
  exitCodes,
  formatUsd,
  pickCommand,
  reportText,
  typedDirective,
} from '@imprompt/core'
import { type Request, consentOf, misuse } from './args.ts'
import { pictureAt, readPlace } from './asked-place.ts'
import { type Io, projectOf } from './io.ts'

/** Makes cheap takes of a picture, within the budget, and a contact sheet of them. No page shows a draft. */
export async function drafts(request: Request, io: Io): Promise<number> {
  const numbers = numbersUpTo(request.number ?? '8')
  const { pipeline, terms, keepContactSheet } = await projectOf(request, io)
  const scan = await pipeline.scan()
  const choice = { directive: draftedIn(request.words, scan), numbers, look: lookIn(request) }
  const wanted = pipeline.draftsOf(scan, choice)
  const buying = { ...terms, mode: 'generate', command: draftsCommand(choice) } as const
  const consent = consentOf(request)
  tellPrice(await pipeline.forecast(wanted, buying, { consent }), io)
  const { report, failure } = await pipeline.build(wanted, buying, {
    isLazy: true,
    stop: io.stop,
    consent,
    tell: (line) => io.stderr(`${line}\n`),
  })
  const sheet = await keepContactSheet(report, choice)
  const made = { report, choice, sheet }
  io.stdout(request.isJson ? `${JSON.stringify(objectOf(made), undefined, 2)}\n` : textOf(made, io))
  const trouble = sheet !== undefined && 'trouble' in sheet ? sheet.trouble : undefined
  if (trouble !== undefined) io.stderr(`${trouble}. ${untroubled}\n`)
  if (failure !== undefined) io.stderr(`${failure.message}\n`)
  return failure?.exitCode ?? (trouble === undefined ? 0 : exitCodes.REPORT_NOT_WRITTEN)
}

const untroubled = 'What was bought is stored, and doing it again costs nothing'

/** How drafts are to be made, as far as the command line says. */
export function lookIn({ model, size, quality }: Request): DraftLook {
  return {
    ...(model !== undefined && { model }),
    ...(size !== undefined && { size }),
    ...(quality !== undefined && { quality }),
  }
}

/** As many fit on a sheet. */
const maxDrafts = 99

function numbersUpTo(text: string): readonly number[] {
  if (!/^[1-9]\d?$/.test(text))
    throw misuse(
      `Unexpected \`-n ${text}\`, expected a number from 1 to ${maxDrafts} such as \`8\``,
    )
  return Array.from({ length: Number(text) }, (_, at) => at + 1)
}

const asking = {
  command: 'drafts',
  state: 'nothing was bought',
  also: 'a prompt of at least two words such as `imprompt drafts "a fox in the snow"`',
}

function draftedIn(words: readonly string[], scan: PlanInput): Directive {
  const text = words.join(' ').trim()
  return isPrompt(text, scan) ? typedDirective(text) : pictureAt(text, asking, scan)
}

/** Scripts of languages that put no spaces between words. */
const unspaced =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u

/** What is mistaken for a prompt is paid for: a single word may be the name of a picture or a file, and is none. */
function isPrompt(text: string, { directives }: PlanInput): boolean {
  const place = readPlace(text)
  if (directives.some((one) => one.place.file === place?.file)) return false
  if (/\s/.test(text)) return true
  return unspaced.test(text) && place === undefined && !/[\\/]|\.\w+$/.test(text)
}

/** Told before anything is bought. */
function tellPrice({ report, failure }: Forecast, io: Io): void {
  const { totals } = report
  if (failure !== undefined || totals.new === 0) return
  const price = `${formatUsd(totals.estimateMicroUsd)}, at most ${formatUsd(totals.worstMicroUsd)}`
  io.stderr(`Buying ${totals.new} of ${totals.images} pictures for ${price}\n`)
}

interface Made {
  readonly report: Report
  readonly choice: DraftChoice
  readonly sheet: KeptSheet | undefined
}

function objectOf({ report, choice, sheet }: Made): object {
  const files = sheet === undefined || 'trouble' in sheet ? {} : { sheet }
  return { drafts: report, ...files, pick: pickCommand(choice, 'NUMBER') }
}

function textOf({ report, choice, sheet }: Made, { cwd }: Io): string {
  const { totals } = report
  const all = formatUsd(totals.spentMicroUsd + totals.savedMicroUsd)
  const lines = [reportText(report), `drafts for ${all} in all`]
  const advice = adviceFor(choice)
  if (sheet !== undefined && 'html' in sheet)
    lines.push(
      `contact sheet ${relative(cwd, sheet.html)}`,
      `as a picture  ${relative(cwd, sheet.png)}`,
      `\`${pickCommand(choice, 'NUMBER')}\` renders one in final quality`,
      ...(advice === undefined ? [] : [advice]),
    )
  return `${lines.join('\n')}\n`
}

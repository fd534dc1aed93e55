import { parseArgs } from 'node:util'
import {
  type Consent,
  ImpromptError,
  type Prompts,
  didYouMean,
  nearestOf,
  promptForms,
  reasonOf,
} from '@imprompt/core'
import { withEmptyValues } from './empty-values.ts'
import { mistypedIn } from './mistyped.ts'
import { type Command, commands, options, owners } from './options.ts'

/** What a command line asks for. */
export interface Request {
  readonly command: Command | 'help' | 'version'
  /** Folder of the project. */
  readonly root: string
  readonly config?: string
  readonly mode?: string
  readonly budget?: string
  readonly isPartial: boolean
  /** What a plan is compared with: a branch, tag or commit. */
  readonly against?: string
  readonly isJson: boolean
  readonly isMarkdown: boolean
  /** How much of the prompts Markdown and a page show, and a step's summary; as the configuration says where it is left out. */
  readonly prompts: Prompts | undefined
  readonly retryRefused: boolean
  readonly retryUnknown: boolean
  readonly keepsStyle: boolean
  readonly fixes: boolean
  readonly inBatch: boolean
  readonly isLive: boolean
  readonly isSure: boolean
  /** Days, as they were typed. */
  readonly grace?: string
  readonly despite: readonly string[]
  readonly takesQuarantine: boolean
  readonly usesLfs: boolean
  readonly isDryRun: boolean
  /** Name of a host, as it was typed. */
  readonly host?: string
  /** Whether a final picture is made without its draft. */
  readonly isPlain: boolean
  /** What a ledger is summed by, as it was typed. */
  readonly by?: string
  /** A day, as it was typed. */
  readonly since?: string
  /** Folder of a built site, to be searched for directives that nothing replaced. */
  readonly output?: string
  /** What stands after a command that takes words. */
  readonly words: readonly string[]
  readonly model?: string
  readonly size?: string
  readonly quality?: string
  /** As it was typed. */
  readonly per?: string
  readonly undoes: boolean
  readonly isByHand: boolean
  /** Where the report goes as a page; empty for beside the report. */
  readonly html?: string
  /** As it was typed. */
  readonly take?: string
  /** How many drafts, as it was typed. */
  readonly number?: string
}

/**
 * Reads a command line.
 * @throws `USAGE` for an unknown command or option.
 */
export function readArgs(argv: readonly string[], cwd: string): Request {
  const { values, positionals } = parsed(argv)
  const [word, ...words] = positionals
  const command = commandOf(word, values.help === true, values.version === true)
  if (words.length > 0 && !wordy.has(command)) throw misuse(`Unexpected \`${words.join(' ')}\``)
  const stray = strayIn(values, command)
  if (stray !== undefined)
    throw misuse(`Unexpected \`--${stray[0]}\`, which goes with ${named(stray[1])}`)
  if (values.json === true && values.markdown === true)
    throw misuse('Unexpected `--markdown` beside `--json`, expected one of them')
  return {
    command,
    root: values.root ?? cwd,
    ...(values.config !== undefined && { config: values.config }),
    ...(values.mode !== undefined && { mode: values.mode }),
    ...(values.budget !== undefined && { budget: values.budget }),
    isPartial: values.partial === true,
    ...(values.against !== undefined && { against: values.against }),
    isJson: values.json === true,
    isMarkdown: values.markdown === true,
    prompts: values.prompts === undefined ? undefined : promptsOf(values.prompts),
    retryRefused: values['retry-refused'] === true,
    retryUnknown: values['retry-unknown'] === true,
    keepsStyle: values['keep-style'] === true,
    fixes: values.fix === true,
    inBatch: values.batch === true,
    isLive: values.live === true,
    isSure: values.yes === true,
    ...(values.grace !== undefined && { grace: values.grace }),
    despite: values.despite ?? [],
    takesQuarantine: values.quarantine === true,
    usesLfs: values.lfs === true,
    isDryRun: values['dry-run'] === true,
    ...(values.host !== undefined && { host: values.host }),
    isPlain: values.plain === true,
    ...(values.by !== undefined && { by: values.by }),
    ...(values.since !== undefined && { since: values.since }),
    ...(values.output !== undefined && { output: values.output }),
    undoes: values.undo === true,
    isByHand: values['by-hand'] === true,
    words,
    ...(values.model !== undefined && { model: values.model }),
    ...(values.size !== undefined && { size: values.size }),
    ...(values.quality !== undefined && { quality: values.quality }),
    ...(values.per !== undefined && { per: values.per }),
    ...(values.html !== undefined && { html: values.html }),
    ...(values.take !== undefined && { take: values.take }),
    ...(values.number !== undefined && { number: values.number }),
  }
}

function promptsOf(text: string): Prompts {
  const prompts = promptForms.find((one) => one === text)
  if (prompts !== undefined) return prompts
  throw misuse(`Unexpected \`--prompts ${text}\`, expected ${promptForms.join(', ')}`)
}

/** What the command line consents to. */
export function consentOf(request: Request): Consent {
  const { retryRefused, retryUnknown, keepsStyle } = request
  return { refused: retryRefused, unknown: retryUnknown, keepsStyle }
}

/** An option that was given and that the command does not take, with the commands that do. */
function strayIn(
  values: Readonly<Record<string, unknown>>,
  command: Request['command'],
): readonly [string, readonly string[]] | undefined {
  // Whoever asks for help may be about to learn which options go with a command.
  if (command === 'help' || command === 'version') return undefined
  return [...owners].find(([name, all]) => values[name] !== undefined && !all.includes(command))
}

function named(words: readonly string[]): string {
  return new Intl.ListFormat('en-GB').format(words)
}

/** The commands that take words after their name. */
const wordy: ReadonlySet<string> = new Set([
  'adopt',
  'drafts',
  'estimate',
  'help',
  'pick',
  'reroll',
  'upgrade',
])

function parsed(argv: readonly string[]): ReturnType<typeof parse> {
  try {
    return parse(argv)
  } catch (cause) {
    throw misuse(mistypedIn(argv) ?? reasonOf(cause))
  }
}

function parse(argv: readonly string[]) {
  return parseArgs({ args: withEmptyValues(argv, commands), options, allowPositionals: true })
}

function commandOf(
  word: string | undefined,
  isHelp: boolean,
  isVersion: boolean,
): Request['command'] {
  if (isVersion) return 'version'
  if (isHelp || word === undefined || word === 'help') return 'help'
  const command = Object.keys(commands).find((name): name is Command => name === word)
  if (command === undefined)
    throw misuse(
      `Unexpected command \`${word}\`${didYouMean(nearestOf(word, Object.keys(commands)))}`,
    )
  return command
}

/** What a command line that cannot be meant is answered with. */
export function misuse(message: string): ImpromptError {
  return new ImpromptError('USAGE', `${message}; \`imprompt --help\` lists commands and options`)
}

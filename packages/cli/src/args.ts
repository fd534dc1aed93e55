import { parseArgs } from 'node:util'
import { type Consent, ImpromptError, type Prompts, reasonOf } from '@imprompt/core'

/** The commands, each with its line of help. */
export const commands = {
  plan: 'what a build would buy and what that costs; needs no key, buys nothing',
  generate: 'buy what is missing, within the budget',
  lint: 'problems and doubts of prompts alone; --fix mends what is safe',
  check: 'the gate for CI: problems, missing pictures, budget; buys nothing',
  models: 'the models that are configured: sizes, prices, retirements; needs no key, buys nothing',
  estimate:
    'what pictures would cost, such as `600 x dall-e-2 512x512`; needs no key and no project',
  verify: 'hold every byte of the store against its entries; changes nothing',
  ledger: 'what was spent, by month, day, model, page or provider; needs no key, changes nothing',
  push: 'give the remotes what the store holds; exit code 7 where one did not take it',
  pull: 'fetch from the remotes what entries speak of and the store does not hold',
  gc: 'list what of the store nobody names; --yes deletes it',
  doctor: 'look the store over: git, names, bytes, journal; --fix mends what is safe',
  init: 'write what git must know of the store; --lfs has Git LFS keep originals',
  report: 'the report of the last build',
} as const

/** The name of a command. */
export type Command = keyof typeof commands

/** What a command line asks for. */
export interface Request {
  readonly command: Command | 'help' | 'version'
  /** Folder of the project. */
  readonly root: string
  readonly config?: string
  readonly mode?: string
  readonly budget?: string
  readonly isPartial: boolean
  readonly isJson: boolean
  readonly isMarkdown: boolean
  /** How much of the prompts Markdown shows; also that of a step's summary. */
  readonly prompts: Prompts
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
}

/** The options, each with its line of help. */
export const options = {
  root: { type: 'string', hint: 'DIR', text: 'folder of the project; default: here' },
  config: { type: 'string', hint: 'FILE', text: 'configuration file' },
  mode: { type: 'string', hint: 'MODE', text: 'generate, frozen or placeholder' },
  budget: {
    type: 'string',
    hint: 'USD',
    text: 'most that a build may spend, such as 2.50, or rules: build=2.50,newImages=5',
  },
  partial: { type: 'boolean', hint: '', text: 'generate: buy what the budget holds, and no more' },
  json: { type: 'boolean', hint: '', text: 'print the report, or the models, as JSON' },
  markdown: { type: 'boolean', hint: '', text: 'print the report as Markdown for a pull request' },
  prompts: {
    type: 'string',
    hint: 'HOW',
    text: 'how much of the prompts Markdown shows: none, excerpt or full; default: excerpt',
  },
  'retry-refused': { type: 'boolean', hint: '', text: 'ask again for prompts that were refused' },
  'retry-unknown': {
    type: 'boolean',
    hint: '',
    text: 'ask again where an earlier charge is unknown',
  },
  'keep-style': {
    type: 'boolean',
    hint: '',
    text: 'keep pictures whose style has another text',
  },
  batch: {
    type: 'boolean',
    hint: '',
    text: 'generate: hand in for a batch and end with 0 while it waits; again: collect what it made; estimate: price a batch',
  },
  model: { type: 'string', hint: 'NAME', text: 'estimate: of buckets that name no model' },
  size: { type: 'string', hint: 'SIZE', text: 'estimate: of buckets that name no size' },
  quality: { type: 'string', hint: 'NAME', text: 'estimate: of buckets that name no quality' },
  per: { type: 'string', hint: 'TIME', text: 'estimate: day, month or once; default: once' },
  fix: { type: 'boolean', hint: '', text: 'lint, doctor: mend what is safe' },
  live: { type: 'boolean', hint: '', text: 'ask the servers, too, when they retire their models' },
  output: { type: 'string', hint: 'DIR', text: 'check: a built site, searched for left-overs' },
  yes: { type: 'boolean', hint: '', text: 'gc: delete what is listed' },
  grace: { type: 'string', hint: 'DAYS', text: 'gc: how long whatever is new stays; default: 14' },
  despite: {
    type: 'string',
    multiple: true,
    hint: 'WHAT',
    text: 'gc: go on despite shallow-clone, no-content or other-projects',
  },
  quarantine: { type: 'boolean', hint: '', text: 'gc: take what lies in quarantine, too' },
  lfs: { type: 'boolean', hint: '', text: 'init: have Git LFS keep originals' },
  by: { type: 'string', hint: 'WHAT', text: 'ledger: month, day, model, page or provider' },
  since: { type: 'string', hint: 'DAY', text: 'ledger: the first day, such as 2026-11-30, by UTC' },
  help: { type: 'boolean', short: 'h', hint: '', text: 'print this' },
  version: { type: 'boolean', hint: '', text: 'print the version' },
} as const

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
    isJson: values.json === true,
    isMarkdown: values.markdown === true,
    prompts: promptsOf(values.prompts ?? 'excerpt'),
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
    ...(values.by !== undefined && { by: values.by }),
    ...(values.since !== undefined && { since: values.since }),
    ...(values.output !== undefined && { output: values.output }),
    words,
    ...(values.model !== undefined && { model: values.model }),
    ...(values.size !== undefined && { size: values.size }),
    ...(values.quality !== undefined && { quality: values.quality }),
    ...(values.per !== undefined && { per: values.per }),
  }
}

const amounts: readonly Prompts[] = ['none', 'excerpt', 'full']

function promptsOf(text: string): Prompts {
  const prompts = amounts.find((one) => one === text)
  if (prompts !== undefined) return prompts
  throw misuse(`Unexpected \`--prompts ${text}\`, expected ${amounts.join(', ')}`)
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
const wordy: ReadonlySet<string> = new Set(['estimate', 'help'])

const owners: ReadonlyMap<string, readonly string[]> = new Map([
  ['fix', ['lint', 'doctor']],
  ['lfs', ['init']],
  ['batch', ['generate', 'estimate']],
  ['partial', ['generate']],
  ['model', ['estimate']],
  ['size', ['estimate']],
  ['quality', ['estimate']],
  ['per', ['estimate']],
  ['yes', ['gc']],
  ['grace', ['gc']],
  ['despite', ['gc']],
  ['quarantine', ['gc']],
  ['live', ['plan', 'generate', 'check', 'models']],
  ['output', ['check']],
  ['by', ['ledger']],
  ['since', ['ledger']],
  ['keep-style', ['plan', 'generate']],
  ['retry-refused', ['generate']],
  ['retry-unknown', ['generate']],
  ['mode', ['plan', 'check']],
  ['budget', ['plan', 'generate', 'check']],
  ['markdown', ['plan', 'generate', 'check', 'report']],
  ['prompts', ['plan', 'generate', 'check', 'report']],
])

function parsed(argv: readonly string[]): ReturnType<typeof parse> {
  try {
    return parse(argv)
  } catch (cause) {
    throw misuse(reasonOf(cause))
  }
}

function parse(argv: readonly string[]) {
  return parseArgs({ args: [...argv], options, allowPositionals: true })
}

function commandOf(
  word: string | undefined,
  isHelp: boolean,
  isVersion: boolean,
): Request['command'] {
  if (isVersion) return 'version'
  if (isHelp || word === undefined || word === 'help') return 'help'
  const command = Object.keys(commands).find((name): name is Command => name === word)
  if (command === undefined) throw misuse(`Unexpected command \`${word}\``)
  return command
}

/** What a command line that cannot be meant is answered with. */
export function misuse(message: string): ImpromptError {
  return new ImpromptError('USAGE', `${message}; \`imprompt --help\` lists commands and options`)
}

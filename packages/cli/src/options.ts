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
  against: {
    type: 'string',
    hint: 'REF',
    text: 'compare with what was committed where this branch left REF',
  },
  partial: { type: 'boolean', hint: '', text: 'generate: buy what the budget holds, and no more' },
  json: { type: 'boolean', hint: '', text: 'print the report, or the models, as JSON' },
  markdown: { type: 'boolean', hint: '', text: 'print the report as Markdown for a pull request' },
  prompts: {
    type: 'string',
    hint: 'HOW',
    text: 'how much of the prompts Markdown and a page show: none, excerpt or full; default: excerpt',
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
  html: { type: 'string', hint: '[FILE]', text: 'report: write a page with the pictures' },
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

/** The commands that an option goes with, of those that do not go with all. */
export const owners: ReadonlyMap<string, readonly string[]> = new Map([
  ['fix', ['lint', 'doctor']],
  ['lfs', ['init']],
  ['batch', ['generate', 'estimate']],
  ['partial', ['generate']],
  ['against', ['plan', 'check']],
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
  ['html', ['report']],
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

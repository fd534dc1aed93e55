import { type Terms, commandOf } from '../config/terms.ts'
import type { Settings } from '../config/settings.ts'
import { formatUsd } from '../config/usd.ts'
import { type Objection } from '../error.ts'
import { describePlace } from '../place.ts'
import type { NewImage } from '../plan/budget.ts'
import type { Incident, Key } from '../ports.ts'
import { count, withoutStop } from '../wording.ts'
import type { Outcome } from './outcome.ts'
import { isOverrun } from './resolve.ts'

/** What was done for images, as far as it tells what to do next. */
export interface Errand {
  /** How the same picture is asked for again. */
  readonly again: string
  /** What asks for a picture of unknown outcome all the same. */
  readonly consent: string
  /** Names of the environment's variables that a provider is paid by. */
  credentialsOf(provider: string): readonly string[]
}

/** Each picture is asked for alone. */
export function purchaseOn(terms: Terms, settings: Settings): Errand {
  const command = commandOf(terms)
  return {
    again: terms.command === undefined ? 'build again' : `run \`${command}\` again`,
    consent: `${command} --retry-unknown`,
    credentialsOf: credentialsIn(settings),
  }
}

/** Pictures are collected of a batch, or handed in for one. */
export function batchErrand(settings: Settings): Errand {
  return {
    again: 'run `imprompt generate --batch` again',
    consent: 'imprompt generate --batch --retry-unknown',
    credentialsOf: credentialsIn(settings),
  }
}

function credentialsIn({ providers }: Settings): Errand['credentialsOf'] {
  return (provider) => providers.get(provider)?.credentials ?? []
}

/** What went wrong while the images of a plan were bought, with the state that money is in. */
export function setbacksOf(
  images: readonly NewImage[],
  outcomes: ReadonlyMap<Key, Outcome>,
  errand: Errand,
): readonly Objection[] {
  const setbacks = images.flatMap((image) => {
    const outcome = outcomes.get(image.key)
    const setback = outcome && setbackOf(outcome, image, errand)
    if (setback === undefined) return []
    const [place] = image.places
    return [{ ...setback, where: place === undefined ? image.key : describePlace(place) }]
  })
  // What a provider says of all is told once.
  return [...Map.groupBy(setbacks, ({ message }) => message)].flatMap(
    ([message, [first, ...others]]) =>
      first === undefined
        ? []
        : [{ code: first.code, message: `${listed([first, ...others])}  ${message}` }],
  )
}

/** As many places are named before a message. */
const maxNamed = 3

function listed(setbacks: readonly { readonly where: string }[]): string {
  const rest = setbacks.length - maxNamed
  const named = setbacks.slice(0, maxNamed).map(({ where }) => where)
  return named.join(', ') + (rest > 0 ? ` and ${rest} more` : '')
}

/** What was bought is lost with a machine that is thrown away, unless the remotes hold it. */
export function unpushed(terms: Terms, incidents: readonly Incident[]): readonly Objection[] {
  const lines = incidents.flatMap(({ kind, where, message }) =>
    kind === 'unpushed' ? [`  ${where}  ${message}`] : [],
  )
  if (terms.persist !== 'remote' || lines.length === 0) return []
  const message = [
    `${count(lines.length, 'picture')} bought and not taken by every remote, so that this machine may be the only one to hold them`,
    ...lines,
    'Run `imprompt push` on this machine, or keep its .imprompt/',
  ]
  return [{ code: 'REMOTE_UNPUSHED', message: message.join('\n') }]
}

function chargeOf(microUsd: number): string {
  if (microUsd === 0) return 'Nothing was charged'
  return `${formatUsd(microUsd)} was charged all the same, and no picture was made`
}

/** How a picture of unknown outcome comes to an end. */
function endOf({ isWaiting }: Outcome & { readonly kind: 'unknown' }, errand: Errand): string {
  if (isWaiting === true)
    return 'It stays on record and is not handed in again; run `imprompt generate --batch` again, which looks for the batch at the provider and collects it'
  return `It is not asked again before \`${errand.consent}\``
}

function againAfter({ code }: Outcome & { readonly kind: 'failed' }, { again }: Errand): string {
  return code === 'BUDGET_EXCEEDED' ? `raise the budget and ${again}` : again
}

function setbackOf(
  outcome: Outcome,
  { request, source }: NewImage,
  errand: Errand,
): Objection | undefined {
  const { worstMicroUsd } = source.estimate
  switch (outcome.kind) {
    case 'bought':
      if (!isOverrun(outcome, worstMicroUsd)) return untoldOf(outcome)
      return {
        code: 'COST_OVERRUN',
        message: `The picture cost ${formatUsd(outcome.entry.cost.microUsd)}, more than its worst case of ${formatUsd(worstMicroUsd)}. It is stored; no further request was sent`,
      }
    case 'found':
      return undefined
    case 'refused':
      return {
        code: 'PROVIDER_REFUSED',
        message: `${withCode(outcome)}. ${chargeOf(outcome.microUsd ?? 0)}${keyAdvice(outcome.code, errand.credentialsOf(request.provider))}`,
      }
    case 'failed':
      return {
        code: outcome.code ?? 'IMAGES_MISSING',
        message: `Not bought: ${withoutStop(outcome.message)}. Nothing was charged; ${againAfter(outcome, errand)} to ask for it`,
      }
    case 'unknown':
      return {
        code: 'OUTCOME_UNKNOWN',
        message: `The outcome is unknown, and up to ${formatUsd(outcome.worstMicroUsd)} may have been charged: ${withoutStop(outcome.message)}. ${endOf(outcome, errand)}`,
      }
  }
}

/** What vendors call a key that they do not know. */
const keyCodes: ReadonlySet<string> = new Set([
  'invalid_api_key',
  'authentication_error',
  'UNAUTHENTICATED',
  'http_401',
])

function keyAdvice(code: string, credentials: readonly string[]): string {
  if (!keyCodes.has(code)) return ''
  const names = credentials.map((name) => `\`${name}\``).join(' and ')
  return names === ''
    ? '. Mend the key that the configuration gives'
    : `. Mend ${names}: the environment comes first, then \`.env.local\` and \`.env\` of the project, unless the configuration gives the key`
}

/** A message with the code of its refusal, where it does not name that itself. */
function withCode({ message, code }: { readonly message: string; readonly code: string }): string {
  return message.includes(code) ? message : `${message} (\`${code}\`)`
}

function untoldOf({ untold }: Outcome & { readonly kind: 'bought' }): Objection | undefined {
  if (untold === undefined) return undefined
  const message = `The picture is bought and stored, and the ledger could not be told: ${withoutStop(untold)}. Make \`.imprompt/ledger\` writable and build again, which tells it and buys nothing for it`
  return { code: 'STORE_NOT_WRITABLE', message }
}

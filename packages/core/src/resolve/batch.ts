import type { Settings } from '../config/settings.ts'
import type { Terms } from '../config/terms.ts'
import { ImpromptError, type Objection, errorOf, reasonOf } from '../error.ts'
import { type NewImage, imagesToBuy, roomFor } from '../plan/budget.ts'
import type { Consent } from '../plan/consent.ts'
import { objectionsTo, unwritable } from '../plan/gate.ts'
import { leftOut } from '../plan/over-budget.ts'
import type { Plan } from '../plan/plan.ts'
import type {
  BatchDesk,
  BatchJournal,
  Claim,
  Environment,
  Incident,
  Key,
  RequestHash,
} from '../ports.ts'
import { basesOf } from './bases.ts'
import { type Collection, awaited, collectAll } from './batch-collect.ts'
import { lookForBatches } from './batch-look.ts'
import { noticeOf } from './batch-notice.ts'
import { settingsInBatch, unableToBatch } from './batch-price.ts'
import { submitAll } from './batch-submit.ts'
import type { InputPorts } from './inputs.ts'
import type { Outcome } from './outcome.ts'
import type { ConclusionPorts } from './purchase.ts'
import { type RecoveryPorts, recover } from './recover.ts'
import { batchErrand, setbacksOf, unpushed } from './setback.ts'
import { shareStored } from './share.ts'
import { toldClaims } from './told-claims.ts'

/** A project whose pictures are made in batches. */
export interface BatchInput extends InputPorts, ConclusionPorts, RecoveryPorts {
  readonly settings: Settings
  readonly environment: Environment
  readonly terms: Terms
  readonly stop: AbortSignal
  readonly consent: Consent
  readonly tell?: (line: string) => void
  /** What went wrong in tiers of the store so far. */
  readonly incidents: () => readonly Incident[]
  /** Looks every image up at this moment, at the prices of these settings. */
  planOf(settings: Settings): Promise<Plan>
}

/** What became of a run: the plan after it, and what each image came to that does not simply wait. */
export interface BatchRun {
  readonly plan: Plan
  readonly outcomes: ReadonlyMap<Key, Outcome>
  /** How many requests were handed in. */
  readonly requests: number
  readonly failure: ImpromptError | undefined
  /** What waits and what it may cost, for a person. */
  readonly notice: string
}

interface Accounts {
  readonly desks: ReadonlyMap<string, BatchDesk>
  readonly locked: ReadonlyMap<string, string>
}

/**
 * Collects the batches that ended, then hands in what is new and within the budget. Waits for none.
 * Of runs side by side, one waits for the other.
 * @throws `USAGE` where a connection takes no batches, `STORE_NOT_WRITABLE` where no turn can be had, `PROVIDER_REFUSED`
 * where it cannot be told what waits there
 */
export async function runInBatches(input: BatchInput): Promise<BatchRun> {
  const batches = input.journal.batches
  if (batches === undefined) throw new ImpromptError('USAGE', 'The journal keeps no batches')
  const claims = toldClaims(input.claims, [], input)
  const claim = await claimOf({ ...input, claims })
  try {
    return await runAlone({ ...input, claims }, batches)
  } finally {
    await claim.end('open')
  }
}

async function claimOf({ claims, stop }: BatchInput): Promise<Claim> {
  try {
    return await claims.claim('batches', stop)
  } catch (cause) {
    if (stop.aborted)
      throw new ImpromptError(
        'IMAGES_MISSING',
        'The run was stopped while another one had its turn. Nothing was handed in',
      )
    const message = `Another run could not be kept from handing in as well: ${reasonOf(cause)}. Nothing was handed in, and nothing is lost; make the store writable and run \`imprompt generate --batch\` again`
    throw new ImpromptError('STORE_NOT_WRITABLE', message, { cause })
  }
}

async function runAlone(input: BatchInput, batches: BatchJournal): Promise<BatchRun> {
  await recover(input)
  const settings = settingsInBatch(input.settings)
  const plan = await input.planOf(settings)
  const accounts = await accountsOf(plan, batches, input)
  const ports = { ...input, batches }
  const collection = await collectEnded(plan, accounts, batches, input)
  const second = await input.planOf(settings)
  const handed = await handIn(second, collection, accounts, ports)
  const last = await input.planOf(settings)
  await shareStored(last, input.store)
  const outcomes = new Map([...finalOf(collection), ...handed.outcomes])
  return {
    plan: last,
    outcomes,
    requests: handed.requests,
    failure: errorOf([...handed.objections, ...unpushed(input.terms, input.incidents())]),
    notice: noticeOf(last, await batches.records(), input.settings),
  }
}

/** Connects whoever is to be asked, and holds what would be lost if it could not be stored. */
async function accountsOf(
  plan: Plan,
  batches: BatchJournal,
  { settings, environment, store, terms }: BatchInput,
): Promise<Accounts> {
  const images = [...awaited(plan).values()]
  const open = (await batches.records()).filter(({ requests }) => requests.length > 0)
  const waitingAt = new Set(open.map(({ provider }) => provider))
  const ids = new Set([...images.map(({ request }) => request.provider), ...waitingAt])
  const desks = new Map<string, BatchDesk>()
  const locked = new Map<string, string>()
  for (const id of ids) {
    const provider = settings.providers.get(id)
    if (provider?.estimateInBatch === undefined) continue
    const connection = provider.connect(environment)
    if (connection.kind === 'locked') locked.set(id, connection.missing)
    else if (connection.batch !== undefined) desks.set(id, connection.batch)
    else throw deskless(id)
  }
  const lacking = [...locked].find(([id]) => waitingAt.has(id))
  if (lacking !== undefined)
    throw new ImpromptError(
      'IMAGES_MISSING',
      `Batches of \`${lacking[0]}\` cannot be collected, as ${lacking[1]} is not set: put it into the environment or .env.local. Nothing was handed in, and nothing is lost`,
    )
  const obstacle = ids.size === 0 ? undefined : await store.writeObstacle(roomFor(images))
  const objection =
    obstacle === undefined ? undefined : errorOf([unwritable(images, terms, obstacle)])
  if (objection !== undefined) throw objection
  return { desks, locked }
}

/** Whoever prices batches and takes none leaves what waits there uncollected, too. */
function deskless(id: string): ImpromptError {
  const message = `Unexpected \`--batch\`: \`${id}\` prices batches, and its connection takes none; run \`imprompt generate\`. Nothing was handed in, and nothing is lost`
  return new ImpromptError('USAGE', message)
}

interface Collected extends Collection {
  readonly setbacks: readonly Objection[]
  /** What came to an end in this run, however many pictures of today's content ask for it. */
  readonly settled: ReadonlySet<RequestHash>
}

async function collectEnded(
  plan: Plan,
  { desks }: Accounts,
  batches: BatchJournal,
  input: BatchInput,
): Promise<Collected> {
  const images = awaited(plan)
  const outstanding = await lookForBatches({
    records: await batches.records(),
    desks,
    images,
    batches,
    now: input.clock.now(),
    stop: input.stop,
  })
  const collection = await collectAll(outstanding, plan, { ...input, batches })
  const outcomes = finalOf(collection)
  const settled = [...images].filter(([, { key }]) => outcomes.has(key)).map(([id]) => id)
  const handedIn = [...images.values()].map((image) => asHandedIn(image, collection))
  const setbacks = setbacksOf(handedIn, outcomes, batchErrand(input.settings))
  return { ...collection, setbacks, settled: new Set(settled) }
}

/** What a batch bills is held against the price of the day on which it was handed in. */
function asHandedIn(image: NewImage, { worstMicroUsd }: Collection): NewImage {
  const { source } = image
  const worst = worstMicroUsd.get(image.key) ?? source.estimate.worstMicroUsd
  return { ...image, source: { ...source, estimate: { ...source.estimate, worstMicroUsd: worst } } }
}

/** What was released is asked for again, and has come to nothing so far. */
function finalOf({ outcomes }: Collection): ReadonlyMap<Key, Outcome> {
  return new Map([...outcomes].filter(([, { kind }]) => kind !== 'failed'))
}

interface HandedIn {
  readonly outcomes: ReadonlyMap<Key, Outcome>
  readonly requests: number
  readonly objections: readonly Objection[]
}

async function handIn(
  plan: Plan,
  collection: Collected,
  { desks, locked }: Accounts,
  ports: BatchInput & { readonly batches: BatchJournal },
): Promise<HandedIn> {
  const images = plan.images.filter(
    ({ requestHash, source }) =>
      !collection.settled.has(requestHash) &&
      !(source.kind === 'barred' && source.verdict.kind === 'submitted'),
  )
  const open = { ...plan, images }
  const wanted = imagesToBuy(open, ports.terms)
  const unable = unableToBatch(wanted, ports.settings)
  const objections = [
    ...(unable === undefined ? [] : [unable]),
    ...objectionsTo(open, ports.terms, locked, 'all'),
    ...collection.setbacks,
    ...collection.faults.map(unread),
  ]
  if (objections.length > 0 && !mayGoOn(collection, objections))
    return { outcomes: new Map(), requests: 0, objections }
  // A batch makes its pictures side by side: what varies one of them is handed in after that was collected.
  const ready = wanted.filter(basesOf(plan).isStored)
  const outcomes = await submitAll(plan, ready, desks, ports)
  const requests = ready.filter(({ key }) => !outcomes.has(key)).length
  return {
    outcomes,
    requests,
    objections: [
      ...objections,
      ...setbacksOf(wanted, outcomes, batchErrand(ports.settings)),
      ...leftOut(open, ports.terms),
    ],
  }
}

/** A picture that was refused for itself keeps no other one back. */
function mayGoOn(collection: Collected, objections: readonly Objection[]): boolean {
  const outcomes = [...collection.outcomes.values()]
  const isHalted = outcomes.some((one) => one.kind === 'refused' && one.scope === 'run')
  const isOverrun = collection.setbacks.some(({ code }) => code === 'COST_OVERRUN')
  return objections.length === collection.setbacks.length && !isHalted && !isOverrun
}

function unread(fault: string): Objection {
  const message = `${fault}; run \`imprompt generate --batch\` again. Nothing was handed in`
  return { code: 'IMAGES_MISSING', message }
}

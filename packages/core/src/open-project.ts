import { join, relative, resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { discordIn, objectionTo } from './config/core-copies.ts'
import { loadEnvironment, loadProject } from './config/load.ts'
import type { ConfigIssue } from './config/config-issue.ts'
import { type Settings, settingsFrom } from './config/settings.ts'
import { type Flags, type Terms, termsFor } from './config/terms.ts'
import { ImpromptError } from './error.ts'
import { type LocalDocuments, localDocuments } from './local-documents.ts'
import { type Pipeline, createPipeline } from './pipeline.ts'
import type { Clock, Entry, Environment, Found } from './ports.ts'
import { openai } from './provider/openai/openai.ts'
import { type LedgerAccount, type LedgerQuestion, ledgerAccountOf } from './report/ledger.ts'
import { type Verification, verifyStore } from './report/verify.ts'
import { readSize, sizeForms } from './request/size.ts'
import { recover } from './resolve/recover.ts'
import { type Retirements, askRetirements } from './resolve/retirements.ts'
import { claimsOn } from './store/claim/claims.ts'
import { fsLadder } from './store/claim/fs-ladder.ts'
import { thisProcess } from './store/claim/holder.ts'
import { fsDerivedStore } from './store/derived-store.ts'
import { refuseNewerFormat } from './store/format.ts'
import { fsStore } from './store/fs-store.ts'
import { noIndex } from './store/look-up-index.ts'
import { fsReferenceFiles } from './store/reference-files.ts'
import { openTiers } from './store/tiers/open-tiers.ts'
import { readAfresh } from './store/tiers/read-afresh.ts'
import { type Transfer, pullAll, pushAll } from './store/tiers/transfer.ts'
import { fsJournal } from './store/journal.ts'
import { counted } from './store/open-attempts.ts'
import { fsLedger } from './store/ledger.ts'
import { type KnownPlaces, knownPlaces, namesBy } from './upkeep/known-places.ts'
import { type Upkeep, upkeepOf } from './upkeep/upkeep.ts'

/** What a host knows of the project that it builds. */
export interface OpenOptions {
  /** A folder of the project. */
  readonly folder: string
  /** Path of the configuration file, relative to the folder; found by its name where it is left out. */
  readonly config?: string
  /** Environment of the process; it outranks the project's `.env` files. */
  readonly environment: Environment
  /** Which `.env.MODE` files are read, as Vite names its modes. */
  readonly envMode?: string
  readonly flags?: Flags
  /**
   * Asks the servers of all providers, until it is aborted, when they shut their models down, which costs nothing.
   * Nobody is asked where it is left out.
   */
  readonly askRetirementsUntil?: AbortSignal
  /** Absolute paths of folders that hold output, or what is copied there as it is, and no content. */
  readonly outputFolders?: readonly string[]
}

/** A project that is ready to be planned and built. */
export interface OpenProject extends LocalDocuments {
  readonly pipeline: Pipeline
  readonly terms: Terms
  /** Name of the configuration file relative to the root; absent where there is none. */
  readonly configFile: string | undefined
  /** Folder of the store. */
  readonly storeFolder: string
  /** Names of the environment's variables that hold what providers are paid by. */
  readonly credentials: readonly string[]
  /** Every picture that the store knows. */
  entries(): Promise<Found<readonly Entry[]>>
  /** Why a server that was asked named no days of retirement, by provider. */
  readonly retirementFailures: ReadonlyMap<string, string>
  /** Holds every byte of the store against its entries; changes nothing. */
  verify(): Promise<Verification>
  /** Sums the ledgers that the store holds; changes nothing. */
  account(question: LedgerQuestion): Promise<LedgerAccount>
  /** Gives every remote that is written to what the store holds. */
  push(): Promise<Transfer>
  /** Fetches what entries speak of and the store does not hold. */
  pull(): Promise<Transfer>
  /** How many requests of this process are under way: each is paid for, and lost where the process ends before its reply. */
  requestsUnderWay(): number
  /** Looks after the store. */
  readonly upkeep: Upkeep
  /** Whether a text holds what a provider is paid by. */
  holdsCredential(text: string): boolean
}

/**
 * Finds a project on disk, reads its configuration and environment, and opens its store.
 * @throws `CONFIG_NOT_FOUND` or `CONFIG_INVALID`, which names every field that does not fit by its path;
 * `STORE_UNREADABLE` where a newer version wrote the store.
 */
export async function openProject(options: OpenOptions): Promise<OpenProject> {
  const project = await loadProject(options.folder, options.config)
  const configFile = project.configFile ?? 'imprompt.config.ts'
  const answer = settingsFrom(project.config, openai())
  if ('issues' in answer) throw invalid(configFile, answer.issues)
  const { settings } = answer
  if (readSize(settings.size) === undefined)
    throw invalid(configFile, [
      { path: 'size', detail: `unexpected \`${settings.size}\`, expected ${sizeForms}` },
    ])
  const { root } = project
  const environment = loadEnvironment(root, options.environment, options.envMode ?? 'production')
  const chosen = termsFor(settings, environment, options.flags)
  if ('issues' in chosen)
    throw invalid('What the environment or the command line says', chosen.issues)
  const discord = await discordIn(root)
  const storeFolder = resolve(root, settings.store)
  refuseNewerFormat(storeFolder)
  const derivedFolder = environment['IMPROMPT_CACHE_DIR'] ?? join(storeFolder, 'derived')
  const credentials = [...settings.providers.values(), ...settings.remotes].flatMap(
    (one) => one.credentials ?? [],
  )
  const local = fsStore(storeFolder)
  const derived = fsDerivedStore(resolve(root, derivedFolder))
  const holder = thisProcess()
  const { store, claims, sharedLedger, tiers, incidents } = openTiers(
    settings.remotes,
    {
      store: local,
      claims: claimsOn(fsLadder(storeFolder), holder, clock),
      fetched: derived,
      environment,
      clock,
      holder,
    },
    {
      isBestEffort: settings.coordination === 'best-effort',
      isOnlyRemote: chosen.terms.persist === 'remote',
    },
  )
  const journal = counted(fsJournal(storeFolder, clock))
  const ledger = fsLedger(storeFolder)
  const { dates, failures } = await retirementsFor(settings, environment, options)
  const pipeline = createPipeline({
    root,
    configFile,
    settings: dates.size === 0 ? settings : { ...settings, retirements: dates },
    environment,
    store,
    derived,
    journal,
    ledger,
    ...(sharedLedger && { sharedLedger }),
    claims,
    incidents,
    files: fsReferenceFiles(root),
    clock,
    ignore: (options.outputFolders ?? []).map((path) => `${relative(root, path)}/**`),
  })
  const placesNow = (): Promise<KnownPlaces> => knownPlaces(pipeline.scan, ledger)
  return {
    pipeline,
    terms: { ...chosen.terms, ...(discord && { refusal: objectionTo(discord) }) },
    configFile: project.configFile,
    storeFolder,
    credentials,
    entries: () => store.entries(),
    retirementFailures: failures,
    verify: async () => {
      const { ofKey } = await placesNow()
      return verifyStore(readAfresh(fsStore(storeFolder, noIndex), store), ledger, ofKey)
    },
    account: async (question) => {
      const site = { root, folder: join(storeFolder, 'ledger') }
      return ledgerAccountOf(await ledger.read(), site, question)
    },
    push: async () => pushAll(local, tiers, namesBy(await placesNow())),
    pull: async () => pullAll(local, store, namesBy(await placesNow())),
    requestsUnderWay: journal.openAttempts,
    upkeep: upkeepOf({
      root,
      storeFolder,
      settings,
      scan: pipeline.scan,
      local: fsStore(storeFolder, noIndex),
      journal,
      ledger,
      environment: options.environment,
      ...(discord && { discord }),
      clock,
      recover: (stop) => recover({ store, journal, claims, stop }),
    }),
    holdsCredential: (text) =>
      credentials.some((name) => {
        const secret = environment[name] ?? ''
        return secret !== '' && text.includes(secret)
      }),
    ...localDocuments(storeFolder, { store, derived, ledger, scan: pipeline.scan }),
  }
}

async function retirementsFor(
  { providers }: Settings,
  environment: Environment,
  { askRetirementsUntil }: OpenOptions,
): Promise<Retirements> {
  if (askRetirementsUntil === undefined) return { dates: new Map(), failures: new Map() }
  return askRetirements(providers.values(), environment, askRetirementsUntil)
}

const clock: Clock = {
  now: () => new Date(),
  elapsed: () => performance.now(),
  wait: (ms, signal) => setTimeout(ms, undefined, { signal }),
}

function invalid(where: string, issues: readonly ConfigIssue[]): ImpromptError {
  const lines = issues.map(({ path, detail }) => `  \`${path}\`: ${detail}`)
  return new ImpromptError(
    'CONFIG_INVALID',
    `${where} cannot be used as it is; nothing was bought\n${lines.join('\n')}`,
  )
}

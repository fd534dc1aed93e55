import { join, relative, resolve, sep } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { discordIn, objectionTo } from './config/core-copies.ts'
import { type Settings, credentialsOf } from './config/settings.ts'
import type { Flags, Terms } from './config/terms.ts'
import { type LocalDocuments, localDocuments } from './local-documents.ts'
import { defaultName, openConfiguration } from './open-configuration.ts'
import { openStores } from './open-stores.ts'
import { type Pipeline, createPipeline } from './pipeline.ts'
import type { Clock, Entry, Environment, Found } from './ports.ts'
import { type LedgerAccount, type LedgerQuestion, ledgerAccountOf } from './report/ledger.ts'
import { type Verification, verifyStore } from './report/verify.ts'
import { recover } from './resolve/recover.ts'
import { type Retirements, askRetirements } from './resolve/retirements.ts'
import { fsStore } from './store/fs-store.ts'
import { noIndex } from './store/look-up-index.ts'
import { fsReferenceFiles } from './store/reference-files.ts'
import { readAfresh } from './store/tiers/read-afresh.ts'
import { type Transfer, pullAll, pushAll } from './store/tiers/transfer.ts'
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
  /** Name of the variable of the environment without which the default provider cannot buy; nothing where it can. */
  missingCredential(): string | undefined
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
  const configuration = await openConfiguration(options)
  const { root, configFile, settings, environment, terms } = configuration
  const discord = await discordIn(root)
  const storeFolder = resolve(root, settings.store)
  const { local, tiers, ports } = openStores({ ...configuration, storeFolder, clock })
  const { store, derived, journal, ledger, claims } = ports
  const { dates, failures } = await retirementsFor(settings, environment, options)
  const pipeline = createPipeline({
    ...ports,
    root,
    configFile: configFile ?? defaultName,
    settings: dates.size === 0 ? settings : { ...settings, retirements: dates },
    environment,
    files: fsReferenceFiles(root),
    clock,
    ignore: (options.outputFolders ?? []).flatMap((path) => globsBelow(relative(root, path))),
  })
  const credentials = credentialsOf(settings)
  const placesNow = (): Promise<KnownPlaces> => knownPlaces(pipeline.scan, ledger)
  return {
    pipeline,
    terms: { ...terms, ...(discord && { refusal: objectionTo(discord) }) },
    configFile,
    storeFolder,
    credentials,
    missingCredential: () => {
      const connection = settings.provider.connect(environment)
      return connection.kind === 'locked' ? connection.missing : undefined
    },
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
    holdsCredential: (text) => credentials.some((name) => isIn(text, environment[name])),
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

/** A folder that is the root itself holds the content as well, so that it takes nothing out. */
function globsBelow(folder: string): readonly string[] {
  return folder === '' ? [] : [`${folder.replaceAll(sep, '/')}/**`]
}

function isIn(text: string, secret = ''): boolean {
  return secret !== '' && text.includes(secret)
}

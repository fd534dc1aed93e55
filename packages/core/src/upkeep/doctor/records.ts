import { basename, dirname, join, relative, sep } from 'node:path'
import { formatUsd } from '../../config/usd.ts'
import { ImpromptError, reasonOf } from '../../error.ts'
import type { Entry, RequestHash } from '../../ports.ts'
import { quarantinePlaces } from '../../store/quarantine.ts'
import { pinnedBy } from '../../versions.ts'
import { bytesInWords } from '../../wording.ts'
import { filesBelow } from '../store-files.ts'
import type { Ailment } from './ailment.ts'
import type { Patient } from './patient.ts'

/** What earlier builds left behind. */
export async function ailmentsOfRecords(patient: Patient): Promise<readonly Ailment[]> {
  const unfinished = await patient.journal.unfinished().catch(() => [])
  const awaited = unfinished.flatMap(({ entry }) => entry ?? [])
  return [
    ...(await ofJournal(patient)),
    ...(await brokenLines(patient)),
    ...outOfTheWay(patient, awaited),
  ]
}

async function brokenLines({ ledger, storeFolder }: Patient): Promise<readonly Ailment[]> {
  const { faults } = await ledger.read()
  return faults.map(({ path, line, message, remedy }) => ({
    code: 'ledger-line',
    severity: 'warning',
    path: relative(storeFolder, path).replaceAll(sep, '/'),
    ...(line !== undefined && { line }),
    message: `${message}, and is in no sum; a budget of a day or month that covers it stops builds`,
    remedy,
  }))
}

async function ofJournal(patient: Patient): Promise<readonly Ailment[]> {
  const { journal, places } = patient
  try {
    const unfinished = (await journal.unfinished()).flatMap(({ entry }) => entry ?? [])
    const waiting = new Set(unfinished.map(({ requestHash }) => requestHash))
    const verdicts = [...(await journal.verdicts())]
    return [
      ...unfinished.map((entry): Ailment => ({
        code: 'unfinished-purchase',
        severity: 'warning',
        ...placed(places.ofKey(entry.key)),
        message: `${places.ofKey(entry.key) === undefined ? `\`${entry.key}\`` : 'its picture'} was bought for ${formatUsd(entry.cost.microUsd)}, and its build ended before it was stored`,
        remedy:
          '`imprompt doctor --fix`, or the next build that buys, stores it where its bytes are found',
      })),
      ...verdicts.flatMap(([request, verdict]): readonly Ailment[] => {
        if (verdict.kind !== 'unknown' || waiting.has(request)) return []
        const { worstMicroUsd } = verdict
        const most = worstMicroUsd === undefined ? 'unknown' : formatUsd(worstMicroUsd)
        return [
          {
            code: 'unknown-charge',
            severity: 'warning',
            ...placed(places.ofRequest(request)),
            message: `${places.ofRequest(request) === undefined ? `the request ${request}` : 'its request'} may have been charged, at most ${most}: ${verdict.message}`,
            remedy: `look at the bill of its provider; ${retryOf(request, patient)} asks again`,
          },
        ]
      }),
    ]
  } catch (cause) {
    if (!(cause instanceof ImpromptError)) throw cause
    return [
      {
        code: 'record-unreadable',
        severity: 'error',
        message: reasonOf(cause),
        remedy: 'no build buys until this is mended',
      },
    ]
  }
}

/** A build asks for what is missing in the content, and for no draft, no final picture of one and no upgrade. */
function retryOf(request: RequestHash, { places, entryFiles }: Patient): string {
  const key = places.askedBy(request)
  const isMissing = key !== undefined && !entryFiles.some((file) => file.key === key)
  return isMissing
    ? '`imprompt generate --retry-unknown`'
    : 'the command that asked for it, such as `imprompt drafts`, `pick` or `upgrade --yes`, with `--retry-unknown`'
}

function placed(place: string | undefined): Pick<Ailment, 'place'> {
  return place === undefined ? {} : { place }
}

/** Places outside of the store are those of all projects: of their bytes, those are told that something here knows. */
function outOfTheWay(
  { storeFolder, entryFiles }: Patient,
  unfinished: readonly Entry[],
): readonly Ailment[] {
  const entries = [...unfinished, ...entryFiles.flatMap(({ entry }) => entry ?? [])]
  const known = pinnedBy(entries)
  const [own = '', ...others] = quarantinePlaces(storeFolder)
  const expected = new Set<string>(unfinished.map(({ original }) => original.sha256))
  return [
    ...bytesIn(own, expected, '`imprompt gc --quarantine --yes` deletes them with time'),
    ...others
      .flatMap((place) => bytesIn(place, expected, 'delete the file if not'))
      .filter(({ path }) => known.has(path.slice(-hashDigits))),
  ]
}

const hashDigits = 64

/**
 * @param expected Hashes of what the journal waits for.
 * @param deletion How the others go, in words.
 */
function bytesIn(
  place: string,
  expected: ReadonlySet<string>,
  deletion: string,
): readonly (Ailment & { readonly path: string })[] {
  const files = filesBelow(dirname(place), basename(place))
  return files
    .filter(({ path }) => /\/[0-9a-f]{64}$/.test(path))
    .map(({ path, bytes }) => ({
      code: 'out-of-the-way',
      severity: 'note',
      path: join(dirname(place), path),
      message: `${bytesInWords(bytes)} that were paid for and could not be stored, or that no entry vouches for`,
      remedy: expected.has(path.slice(-hashDigits))
        ? '`imprompt doctor --fix`, or the next build that buys, takes them back'
        : `no purchase here waits for them, and no build takes them back: look whether they are of use; ${deletion}`,
    }))
}

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest'
import { parseJson } from '../../packages/core/src/json.ts'
import { openProject } from '../../packages/core/src/open-project.ts'
import type { Entry, RemoteTier } from '../../packages/core/src/ports.ts'
import { readEntry } from '../../packages/core/src/store/entry.ts'
import { s3 } from '../../packages/core/src/store/remote/s3.ts'
import { type OpenAiDouble, startOpenAi } from '../support/openai-server.ts'
import type { TestProject } from '../support/project.ts'
import { runCli } from '../support/run-cli.ts'
import { checkOut, machineOf, pass, storedIn, type Team } from '../support/s3-team.ts'
import {
  type Ceph,
  cephCredentials,
  cephHindrance,
  dataPool,
  startCeph,
} from '../support/servers/ceph.ts'
import { testUnless } from '../support/skip.ts'

const test = testUnless(cephHindrance)
const bucket = 'pictures'

let ceph: Ceph
let openAi: OpenAiDouble
let tier: RemoteTier
let team: Team
/** The machine that bought both pictures. */
let first: TestProject
let fox: Picture
let hen: Picture
beforeAll(async () => {
  if (cephHindrance !== undefined) return
  ceph = await startCeph()
  openAi = await startOpenAi()
  await ceph.makeBucket(bucket)
  const credentials = async () => cephCredentials
  tier = s3({ bucket, endpoint: ceph.url, credentials }).connect({})
  team = { ceph, bucket, openAi }
  first = machineOf(team, { pictures: 2 })
  await pass(first, 'generate')
  ;[fox, hen] = bothIn(first)
})
afterAll(async () => {
  first?.[Symbol.dispose]()
  await openAi?.[Symbol.asyncDispose]()
  ceph?.stop()
})
/** Nothing is bought in any test, and each leaves the bucket as it was. */
afterEach(async () => {
  if (cephHindrance !== undefined) return
  for (const { entry, entryName, name, bytes } of [fox, hen]) {
    await tier.put(name, bytes)
    await tier.put(entryName, Buffer.from(JSON.stringify(entry)))
  }
  expect(openAi.billed).toHaveLength(2)
  expect(openAi.requests).toBe(2)
})

/** A picture that was bought, and its names in the bucket. */
interface Picture {
  readonly entry: Entry
  readonly bytes: Uint8Array
  readonly entryName: string
  readonly name: string
}

function bothIn(project: TestProject): readonly [Picture, Picture] {
  const [one, other] = storedIn(project, 'images')
    .filter((name) => name.endsWith('.json'))
    .map((name) => pictureIn(project, `.imprompt/images/${name}`))
    .toSorted((a, b) => a.entry.request.prompt.localeCompare(b.entry.request.prompt))
  if (one === undefined || other === undefined) throw new Error('it holds no two pictures')
  return [one, other]
}

function pictureIn(project: TestProject, path: string): Picture {
  const entry = readEntry(parseJson(readFileSync(project.path(path), 'utf8')))
  if (entry === undefined) throw new Error(`${path} is no entry`)
  const { sha256, format } = entry.original
  const file = `.imprompt/originals/${sha256.slice(0, 2)}/${sha256}.${format}`
  return {
    entry,
    bytes: readFileSync(project.path(file)),
    entryName: `entries/${entry.requestHash}.json`,
    name: `originals/${sha256}.${format}`,
  }
}

/** Puts other bytes under an object of the API. */
async function replace({ name }: Picture, bytes: Uint8Array): Promise<void> {
  const path = join(ceph.folder, 'bytes')
  writeFileSync(path, bytes)
  await ceph.run('rados', '-p', dataPool, 'put', await ceph.objectOf(name), path)
}

function flipped(bytes: Uint8Array): Uint8Array {
  const others = Buffer.from(bytes)
  others[others.length >> 1] = (others[others.length >> 1] ?? 0) ^ 1
  return others
}

/** Builds pages, for which the bytes of pictures are read; answers why it failed. */
async function build({ root }: TestProject): Promise<{
  readonly code: string | undefined
  readonly message: string
}> {
  const { pipeline, terms } = await openProject({ folder: root, environment: {} })
  const { failure } = await pipeline.build(await pipeline.scan(), terms)
  return { code: failure?.code, message: failure?.message ?? '' }
}

const damages = {
  'one bit is another one': {
    harm: () => replace(fox, flipped(fox.bytes)),
    code: 'STORE_DAMAGED',
    told: 'its bytes are not those that were bought',
    verdict: { code: 9, word: 'corrupt' },
  },
  'half is there': {
    harm: () => replace(fox, fox.bytes.subarray(0, fox.bytes.length >> 1)),
    code: 'STORE_DAMAGED',
    told: 'its bytes are not those that were bought',
    verdict: { code: 9, word: 'corrupt' },
  },
  'a third is there': {
    harm: () => replace(fox, fox.bytes.subarray(0, Math.floor(fox.bytes.length / 3))),
    code: 'STORE_UNREADABLE',
    told: 'no more of its answer came for 1 s',
    verdict: { code: 12, word: 'unverifiable' },
  },
  'nothing is there': {
    harm: async () => {
      await ceph.run('rados', '-p', dataPool, 'rm', await ceph.objectOf(fox.name))
    },
    code: 'IMAGES_MISSING',
    told: 'is gone from the store',
    verdict: { code: 10, word: 'missing' },
  },
  'another picture is there': {
    harm: async () => {
      await tier.put(fox.name, hen.bytes)
    },
    code: 'STORE_DAMAGED',
    told: 'its bytes are not those that were bought',
    verdict: { code: 9, word: 'corrupt' },
  },
} as const

describe('a picture of which in the bucket', () => {
  test.for(Object.entries(damages))('%s is neither served nor bought again', async ([, damage]) => {
    using second = machineOf(team, { pictures: 2, partMs: 1000 })
    checkOut(first, second)
    await damage.harm()
    const built = await build(second)
    expect(built).toEqual({ code: damage.code, message: expect.stringContaining(damage.told) })
    const verified = await runCli(second.root, ['verify'])
    expect(verified.code, verified.stdout).toBe(damage.verdict.code)
    const named = new RegExp(`^ {2}${damage.verdict.word} .*${fox.entry.original.sha256}`, 'm')
    expect(verified.stdout).toMatch(named)
  })

  test('nothing is there is brought back by whoever has it', async () => {
    using second = machineOf(team, { pictures: 2 })
    checkOut(first, second)
    await damages['nothing is there'].harm()
    expect((await pass(first, 'push')).stdout).toContain('pushed 1 picture')
    await pass(second, 'verify')
  })
})

describe('an entry of the bucket that names another picture', () => {
  /** Valid and intact, but not what was bought by this request. */
  const poison = async (): Promise<void> => {
    const entry = { ...fox.entry, original: hen.entry.original }
    await tier.put(fox.entryName, Buffer.from(JSON.stringify(entry)))
  }

  test('changes nothing where an entry is committed', async () => {
    using second = machineOf(team, { pictures: 2, options: 'trusted: true' })
    checkOut(first, second)
    await poison()
    await pass(second, 'pull')
    expect(bothIn(second).map(({ bytes }) => bytes)).toEqual([fox.bytes, hen.bytes])
  })

  test('is not believed where nothing is committed and the bucket is not trusted', async () => {
    using second = machineOf(team, { pictures: 2 })
    await poison()
    const { code, stderr } = await runCli(second.root, ['generate'])
    expect(code).toBe(4)
    expect(stderr).toContain('no committed entry vouches for the picture')
    expect(storedIn(second, 'images')).toEqual([])
  })

  test('is believed of a bucket that is trusted, as nothing else could tell', async () => {
    using second = machineOf(team, { pictures: 2, options: 'trusted: true' })
    await poison()
    await pass(second, 'generate')
    expect(bothIn(second).map(({ bytes }) => bytes)).toEqual([hen.bytes, hen.bytes])
  })

  test('is not believed of anybody where it is the entry of another request', async () => {
    using second = machineOf(team, { pictures: 2, options: 'trusted: true' })
    await tier.put(fox.entryName, Buffer.from(JSON.stringify(hen.entry)))
    const { code, stderr } = await runCli(second.root, ['generate'])
    expect(code).toBe(6)
    expect(stderr).toContain('it is not the entry of its request')
  })
})

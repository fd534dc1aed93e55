import { readFileSync, readdirSync } from 'node:fs'
import rehypeStringify from 'rehype-stringify'
import remarkImprompt from 'remark-imprompt'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'
import { VFile } from 'vfile'
import { expect, test } from 'vitest'
import sharp from 'sharp'
import { sha256Of } from '../../packages/core/src/key/key.ts'
import { png } from '../support/pictures.ts'
import { startOpenAi } from '../support/openai-server.ts'
import { credentials, makeProject, type TestProject } from '../support/project.ts'
import { runCli, withoutWaits } from '../support/run-cli.ts'

const size = { width: 512, height: 512 }
const page = 'A fox:\n\n![gen: a fox](size=512x512, quality=low, alt=fox)\n'
/** Asks for the same as the page does by default, under another key. */
const twin = '![gen: a fox](size=512x512, quality=low, model=gpt-image-2.5-flare, alt=fox)\n'

interface Told {
  readonly key: string
  readonly state: string
  readonly original?: { readonly sha256: string }
  readonly adopted?: object
  readonly places: readonly { readonly file: string }[]
}

async function imagesOf(project: TestProject): Promise<readonly Told[]> {
  const { stdout } = await runCli(project.root, ['plan', '--json'])
  const report: { images: Told[] } = JSON.parse(stdout)
  return report.images
}

function entryOf(project: TestProject, { key }: { readonly key: string }): unknown {
  const path = project.path(`.imprompt/images/${key.slice(0, 2)}/${key}.json`)
  return JSON.parse(readFileSync(path, 'utf8'))
}

/** What remark makes of a page; the pictures go into `out`. */
async function markupOf(project: TestProject, name: string): Promise<string> {
  const assets = { dir: project.path('out'), base: '/pictures/' }
  const path = project.path(name)
  const made = await unified()
    .use(remarkParse)
    .use(remarkImprompt, { root: project.root, assets })
    .use(remarkRehype)
    .use(rehypeStringify)
    .process(new VFile({ value: readFileSync(path), path, cwd: project.root }))
  return String(made)
}

test('an edited picture stands in its place alone, tells where it is from, and gives way again', async () => {
  await using openAi = await startOpenAi()
  using project = makeProject({ '.env.local': credentials(openAi.url), 'posts/fox.md': page })
  const run = (...args: readonly string[]) => runCli(project.root, args)
  expect((await run('generate')).code).toBe(0)
  const [bought] = await imagesOf(project)
  if (bought === undefined) throw new Error('nothing was bought')
  const former = entryOf(project, bought)
  const edited = await png({ width: 640, height: 600 }, '#aa3300')
  project.write({ 'art/fox edited.png': edited })

  const adopted = await run('adopt', 'posts/fox.md:3', 'art/fox edited.png')
  expect(adopted.stderr).toBe('')
  expect(adopted.stdout).toMatch(
    /^posts\/fox\.md:3:1 {2}shows fox edited\.png; what was bought from gpt-image-2\.5-\S+ for \$0\.\d+ stays stored, and `imprompt adopt --undo` puts it back\n$/,
  )
  expect((await run('report', '--html')).code).toBe(0)
  const gallery = readFileSync(project.path('.imprompt/report.html'), 'utf8')
  expect(gallery).toContain('another picture took its place, which the next build shows')
  expect(gallery).toContain('src="data:image/avif')
  expect(gallery).not.toContain('is not here')
  const entry = entryOf(project, bought)
  expect(entry).toMatchObject({
    key: bought.key,
    request: { provider: 'openai', adopted: sha256Of(edited) },
    wanted: size,
    original: {
      sha256: sha256Of(edited),
      width: 640,
      digitalSourceType: 'compositeWithTrainedAlgorithmicMedia',
    },
    cost: { microUsd: 0 },
    boughtAt: expect.stringMatching(/^2/),
    adopted: { file: 'fox edited.png' },
    former: [former],
  })

  project.write({ 'posts/twin.md': twin })
  const [own, other] = await imagesOf(project)
  expect(own).toMatchObject({ state: 'stored', adopted: { file: 'fox edited.png' } })
  expect(own?.original?.sha256).toBe(sha256Of(edited))
  // It is served what was bought for the other place, and not what stands there.
  expect(other).toMatchObject({ state: 'shared', original: bought.original })
  expect((await run('plan')).stdout).toMatch(
    /stored {2}posts\/fox\.md:3:1 +adopted fox edited\.png +a fox/,
  )
  expect((await run('verify')).stdout).toContain('1 picture, ')
  expect((await run('doctor')).stdout).not.toContain('bytes-of-nobody')
  expect((await run('gc', '--grace', '0', '--yes')).code).toBe(0)
  expect((await run('generate')).stdout).toContain('1 stored, 1 shared')
  expect(entryOf(project, bought)).toEqual(entry)

  const again = await run('adopt', '--undo', 'posts/fox.md:3:1')
  expect(again.stdout).toMatch(
    /^posts\/fox\.md:3:1 {2}shows again what was bought from gpt-image-2/,
  )
  expect(entryOf(project, bought)).toEqual(former)
  expect((await run('generate')).stdout).toContain('2 stored')
  expect((await run('verify')).code).toBe(0)
  expect(openAi.billed).toHaveLength(1)
})

test('a picture may be put in a place for which nothing was bought, by its name, and keeps it from being bought', async () => {
  await using openAi = await startOpenAi()
  using project = makeProject({
    '.env.local': credentials(openAi.url),
    'posts/fox.md': page.replace('alt=fox', 'alt=fox, name=Fox'),
    'fox.jpg': await sharp(await png(size))
      .jpeg()
      .toBuffer(),
  })
  const run = (...args: readonly string[]) => runCli(project.root, args)
  const adopted = await run('adopt', 'fox', 'fox.jpg', '--by-hand', '--json')
  expect(JSON.parse(adopted.stdout)).toMatchObject({
    original: { format: 'jpeg', digitalSourceType: 'digitalCreation' },
    adopted: { file: 'fox.jpg' },
  })
  expect(JSON.parse(adopted.stdout)).not.toHaveProperty('former')
  const built = await run('generate')
  expect([built.code, withoutWaits(built)]).toEqual([0, ''])
  expect(built.stdout).toContain('1 image from 1 directive: 1 stored')
  expect((await run('check', '--mode', 'frozen')).code).toBe(0)
  expect(await markupOf(project, 'posts/fox.md')).toContain(
    'data-digital-source-type="digitalCreation"',
  )
  const [file = ''] = readdirSync(project.path('out'))
  expect((await sharp(project.path(`out/${file}`)).metadata()).xmp?.toString()).toContain(
    'digitalsourcetype/digitalCreation"',
  )
  const undone = await run('adopt', 'fox', '--undo')
  expect([undone.code, undone.stderr]).toEqual([0, ''])
  expect(undone.stdout).toMatch(
    /fox\.md:3:1 {2}shows fox\.jpg no more, and nothing was bought there/,
  )
  expect((await run('plan')).stdout).toContain(': 1 new')
  expect((await run('adopt', 'fox', '--undo')).stderr).toContain('No picture was adopted there')
  await run('adopt', 'fox', 'fox.jpg')
  const told = await run('adopt', 'fox', '--undo', '--json')
  expect(JSON.parse(told.stdout)).toEqual({ withdrawn: 'fox.jpg' })
  expect((await run('doctor')).stdout).toContain('which were bought or adopted earlier')
  expect(openAi.billed).toEqual([])
  expect((await run('generate')).code).toBe(0)
  expect(openAi.billed).toHaveLength(1)
})

test('a variation of an adopted picture is made from that, and what is shared with others is not', async () => {
  await using openAi = await startOpenAi()
  using project = makeProject({
    '.env.local': credentials(openAi.url),
    'fox.md': page.replace('alt=fox', 'alt=fox, name=fox'),
    'edited.png': await png(size, '#00aa33'),
  })
  const run = (...args: readonly string[]) => runCli(project.root, args)
  await run('generate')
  await run('adopt', 'fox', 'edited.png')
  project.write({ 'night.md': '![gen: at night](vary=fox, quality=low, alt=night)\n' })
  expect((await run('generate')).code).toBe(0)
  await run('adopt', 'fox', '--undo')
  const images = await imagesOf(project)
  expect(images.map(({ state }) => state)).toEqual(['stored', 'pinned'])
  expect(openAi.billed).toHaveLength(2)
})

test.for([
  [
    ['fox.md:3', 'small.png'],
    '`small.png` cannot be adopted: it has 511x512 pixels, expected at least 512x512',
  ],
  [['fox.md:3', 'torn.png'], '`torn.png` cannot be adopted: the png is not whole'],
  [['fox.md:3', 'turned.jpg'], '`turned.jpg` cannot be adopted: its pixels are turned'],
  [['fox.md:3', 'fox.md'], '`fox.md` cannot be adopted: it is neither PNG, JPEG nor WebP'],
  [['fox.md:3', 'gone.png'], 'gone.png` cannot be read'],
  [['fox.md:1', 'small.png'], 'No picture at `fox.md:1`; nothing was changed'],
  [['hen', 'small.png'], 'Unexpected `hen`, expected the place of a picture'],
  [['fox.md:3'], 'Unexpected `fox.md:3`, expected a place and a file'],
  [['fox.md:3', 'small.png', '--undo'], 'expected a place and a file'],
  [['fox.md:3', '--undo'], 'No picture was adopted there; nothing was changed'],
] as const)('%j changes nothing, and says what to do', async ([args, message]) => {
  const whole = await png(size)
  using project = makeProject({
    'fox.md': page,
    'small.png': await png({ width: 511, height: 512 }),
    'torn.png': whole.subarray(0, whole.length - 40),
    'turned.jpg': await sharp(whole).withMetadata({ orientation: 6 }).jpeg().toBuffer(),
  })
  const { code, stderr } = await runCli(project.root, ['adopt', ...args])
  expect(stderr).toContain(message)
  expect(code).toBe(2)
  expect(readdirSync(project.root)).not.toContain('.imprompt')
})

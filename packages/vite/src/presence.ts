import { ImpromptError, type Pictures, exhibit, picturesOf, variantsOf } from '@imprompt/core'
import type { Visitor } from './host.ts'
import type { Premises } from './shelf.ts'
import type { Standing } from './standing.ts'
import { voiceOf } from './voice.ts'

/** What one plugin knows of its site, between its hooks. */
export interface Presence {
  readonly standing: Standing | undefined
  /** Takes up another standing; pictures of the one before are forgotten. */
  stand(standing: Standing): void
  /** @throws where nothing is known of the site yet */
  ready(): Standing
  begin(visitor: Visitor, isWatch: boolean): Promise<void>
  /** Pictures at addresses that are known beforehand. */
  pictures(): Promise<Pictures>
  /** The same where somebody has asked for them. */
  asked(): Promise<Pictures> | undefined
  /** Looks everything up again that somebody has asked for at such addresses. */
  renew(): Promise<void>
  /** Hands out every address that anything in the scan could show. */
  handOutAll(): Promise<void>
}

/** Knows nothing yet. */
export function createPresence(): Presence {
  let standing: Standing | undefined
  let pictures: Promise<Pictures> | undefined
  const ready = (): Standing => {
    if (standing === undefined) throw new Error('imprompt: a hook ran before `configResolved`')
    return standing
  }
  return {
    get standing() {
      return standing
    },
    stand: (one) => {
      standing = one
      pictures = undefined
    },
    ready,
    begin: async (visitor, isWatch) => {
      const { host, log, tell } = ready()
      if (isWatch) pictures = undefined
      await host.start({ visitor, isWatch, tell, ...voiceOf(host.project, log) })
    },
    pictures: () => {
      pictures ??= picturesIn(ready()).catch((failure: unknown) => {
        // What was mended since is looked at anew.
        pictures = undefined
        throw failure
      })
      return pictures
    },
    asked: () => pictures,
    renew: async () => {
      const known = await pictures
      if (known === undefined) return
      const { scan } = await ready().host.whole()
      for (const [file, source] of scan.sources) await known.prepare(source, file)
    },
    handOutAll: async () => {
      const { scan, scene } = await ready().host.whole()
      for (const { shown, urlOf } of (await exhibit(scan.directives, scene, 'picture')).values())
        for (const variant of variantsOf(shown.picture)) urlOf(variant)
    },
  }
}

async function picturesIn({ host, premises }: Standing): Promise<Pictures> {
  refuseUnknownAddresses(premises)
  const { pipeline } = host.project
  const { scan, scene } = await host.whole()
  return picturesOf(
    { pipeline, sceneFor: host.sceneAtAddress, addresses: JSON.stringify(premises) },
    scan,
    scene,
  )
}

function refuseUnknownAddresses({ base, isRewritten }: Premises): void {
  const reason = isRewritten
    ? 'which `experimental.renderBuiltUrl` keeps to itself; what was bought is stored. Set `base` instead, also to a URL of another host'
    : /^(?:\/|https?:)/.test(base)
      ? undefined
      : `which \`base: '${base}'\` does not tell; what was bought is stored. Set \`base\` to a path from the root, such as \`/blog/\``
  if (reason === undefined) return
  throw new ImpromptError(
    'CONFIG_INVALID',
    `Something reads Markdown past Vite, and needs to know where its pictures will be found, ${reason}`,
  )
}

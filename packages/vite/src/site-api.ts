import type { PluginApi } from './api.ts'
import type { DevAssets } from './dev-assets.ts'
import { searchFor } from './left-overs.ts'
import { configPath } from './open-site.ts'
import type { Options } from './options.ts'
import type { Presence } from './presence.ts'
import { standingOf } from './standing.ts'

/** What a site offers to other plugins and to frameworks. */
export function siteApi(presence: Presence, options: Options, assets: DevAssets): PluginApi {
  const { ready, pictures, handOutAll } = presence
  const api: PluginApi = {
    open: async (ground) => {
      presence.stand(await standingOf(ground, options, assets))
      await presence.begin(api, false)
      return configPath(ready().host.project)
    },
    pictures,
    handOutAll,
    files: () => ready().shelf.files(),
    fileAt: (address) => ready().fileAt(address),
    searchOutput: async (folder) => {
      const { host, log } = ready()
      const { leftOvers } = host.project.pipeline.settings
      await searchFor(leftOvers, () => host.leftOversBelow(folder), log)
    },
    close: () => ready().host.end(api),
  }
  return api
}

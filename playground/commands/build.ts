import { buildSite } from './build-site.ts'
import { removeKeys } from './keys.ts'

removeKeys(process.env)
await buildSite()

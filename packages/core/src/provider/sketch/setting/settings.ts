import type { Brief } from '../brief.ts'
import type { SettingName } from '../word/settings.ts'
import { abstract } from './abstract.ts'
import { air } from './air.ts'
import { city } from './city.ts'
import { coast } from './coast.ts'
import { desert } from './desert.ts'
import { diagram } from './diagram.ts'
import { forest } from './forest.ts'
import { garden } from './garden.ts'
import { map } from './map.ts'
import { meadow } from './meadow.ts'
import { mountains } from './mountains.ts'
import { pattern } from './pattern.ts'
import { slab } from './slab.ts'
import { space } from './space.ts'
import type { Setting } from './stage.ts'
import { street } from './street.ts'
import { tableWith } from './table.ts'
import { underwater } from './underwater.ts'

const outdoors = { meadow, mountains, coast, city, forest, desert }

/** Every place, by name. */
export const settings: Readonly<Record<SettingName, Setting>> = {
  ...outdoors,
  abstract,
  air,
  diagram,
  garden,
  map,
  pattern,
  slab,
  space,
  street,
  table: tableWith(viewOf),
  underwater,
}

/** Places where rain falls and fog drifts over everything. */
export const openAir: ReadonlySet<SettingName> = new Set([
  'meadow',
  'mountains',
  'coast',
  'city',
  'forest',
  'desert',
  'street',
  'garden',
  'air',
])

function viewOf(name: Brief['view']): Setting {
  const isView = (key: SettingName): key is keyof typeof outdoors => Object.hasOwn(outdoors, key)
  return isView(name) ? outdoors[name] : meadow
}

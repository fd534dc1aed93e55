import { parseArgs } from 'node:util'
import { preview } from 'vite'
import { buildSite } from './build-site.ts'
import { askForConsent } from './consent.ts'
import { removeKeys } from './keys.ts'
import { root } from './root.ts'

const { values } = parseArgs({ options: { provider: { type: 'string', default: 'sketch' } } })

switch (values.provider) {
  case 'sketch':
    removeKeys(process.env)
    await show()
    break
  case 'openai':
    // Read by imprompt.config.ts.
    process.env['PLAYGROUND_PROVIDER'] = 'openai'
    await showBought()
    break
  default:
    console.error(`Unexpected provider \`${values.provider}\`, expected \`sketch\` or \`openai\``)
    process.exitCode = 2
}

/** To decline is no failure. */
async function showBought(): Promise<void> {
  const consent = await askForConsent()
  if (consent === 'given') await show()
  if (consent === 'impossible') process.exitCode = 2
}

/** Builds the site, then serves it until it is stopped, on the first free port. */
async function show(): Promise<void> {
  await buildSite()
  const server = await preview({ root })
  server.printUrls()
}

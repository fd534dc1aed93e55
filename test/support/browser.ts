import { existsSync } from 'node:fs'
import sparticuz from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'

const installed = ['/usr/bin/chromium', '/usr/bin/google-chrome', '/usr/bin/chromium-browser']

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

/** Starts Chromium. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await chromiumPath(), args: quiet, headless: true })
}

/** Where Chromium stands: one that the system has, or else the one that the npm registry brings. */
export async function chromiumPath(): Promise<string> {
  const system = process.env['CHROMIUM_PATH'] ?? installed.find((path) => existsSync(path))
  return system ?? (await sparticuz.executablePath())
}

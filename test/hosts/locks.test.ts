import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { tarballsIn } from '../support/hosts/tarballs.ts'

const hosts = fileURLToPath(new URL('.', import.meta.url))
const packages = fileURLToPath(new URL('../../packages', import.meta.url))

interface Package {
  readonly name: string
  readonly dependencies?: Readonly<Record<string, string>>
}
interface Lock {
  readonly packages: Readonly<Record<string, Package>>
}

const names = readdirSync(hosts, { withFileTypes: true })
  .filter((one) => one.isDirectory())
  .map(({ name }) => name)
const textOf = (name: string, file: string): string =>
  readFileSync(`${hosts}/${name}/${file}`, 'utf8')

test.for(names)('the lock file of %s knows what our packages depend on', (name) => {
  const lock: Lock = JSON.parse(textOf(name, 'package-lock.json'))
  for (const folder of tarballsIn(textOf(name, 'package.json'))) {
    const own: Package = JSON.parse(readFileSync(`${packages}/${folder}/package.json`, 'utf8'))
    const wanted = Object.keys(own.dependencies ?? {}).toSorted()
    const locked = Object.keys(lock.packages[`node_modules/${own.name}`]?.dependencies ?? {})
    expect(locked.toSorted(), 'due: `pnpm hosts:lock`').toEqual(wanted)
  }
})

test.for(names)('the lock file of %s names no registry', (name) => {
  const lock = textOf(name, 'package-lock.json')
  expect(lock.match(/"resolved": "(?!file:)[^"]*/g)).toBeNull()
})

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A comment of a pull request. */
export interface Comment {
  readonly id: number
  readonly user: { readonly login: string }
  readonly body: string
}

/** The comments that `gh` finds and leaves, in a file. */
export interface FakeGh {
  comments(): readonly Comment[]
  setComments(comments: readonly Comment[]): void
  /** Has it be refused, as the token of a fork is. */
  refuse(): void
}

/** Puts a `gh` into the `bin` of a folder that knows `gh api` of comments alone, and takes each option by its name. */
export function installFakeGh(home: string): FakeGh {
  const state = join(home, 'comments.json')
  mkdirSync(join(home, 'bin'), { recursive: true })
  writeFileSync(join(home, 'bin/gh'), script(process.execPath, state), { mode: 0o755 })
  return {
    comments: () => (existsSync(state) ? JSON.parse(readFileSync(state, 'utf8')) : []),
    setComments: (comments) => writeFileSync(state, JSON.stringify(comments)),
    refuse: () => writeFileSync(state, 'refused'),
  }
}

function script(node: string, state: string): string {
  return `#!${node}
const { execFileSync } = require('node:child_process')
const { existsSync, readFileSync, writeFileSync } = require('node:fs')
const { parseArgs } = require('node:util')
const text = { type: 'string' }
const flag = { type: 'boolean' }
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { paginate: flag, silent: flag, jq: text, method: text, field: text },
})
const [api, path, ...surplus] = positionals
const state = ${JSON.stringify(state)}
const held = existsSync(state) ? readFileSync(state, 'utf8') : '[]'
if (process.env.GH_TOKEN !== 'token' || held === 'refused') {
  console.error('gh: Resource not accessible by integration (HTTP 403)')
  process.exit(1)
}
if (api !== 'api' || surplus.length > 0) throw new Error('not understood: ' + process.argv)
const comments = JSON.parse(held)
const body = () => {
  const [, name, file] = /^(\\w+)=@(.*)$/.exec(values.field)
  if (name !== 'body') throw new Error('not a body')
  return readFileSync(file, 'utf8')
}
const [, id] = /^repos\\/o\\/r\\/issues\\/comments\\/(\\d+)$/.exec(path) ?? []
if (id !== undefined && values.method === 'PATCH') {
  const comment = comments.find((one) => one.id === Number(id))
  if (comment === undefined) throw new Error('HTTP 404')
  comment.body = body()
} else if (path === 'repos/o/r/issues/7/comments' && values.field !== undefined) {
  const user = { login: 'github-actions[bot]' }
  comments.push({ id: 100 + comments.length, user, body: body() })
} else if (path === 'repos/o/r/issues/7/comments') {
  // Two pages, as there may be.
  for (const page of [comments.slice(0, 1), comments.slice(1)])
    process.stdout.write(execFileSync('jq', ['-r', values.jq], { input: JSON.stringify(page) }))
} else throw new Error('HTTP 404 ' + path)
writeFileSync(state, JSON.stringify(comments))
`
}

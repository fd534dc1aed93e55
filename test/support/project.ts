import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const repository = fileURLToPath(new URL('../..', import.meta.url))

/** A folder with files in it, which goes when it is disposed of. */
export interface TestProject extends Disposable {
  readonly root: string
  /** Absolute path of a file of the project. */
  path(name: string): string
  write(files: Readonly<Record<string, string | Uint8Array>>): void
}

/** Makes a project outside the repository, where the repository's packages are installed all the same. */
export function makeProject(files: Readonly<Record<string, string | Uint8Array>>): TestProject {
  const root = mkdtempSync(join(tmpdir(), 'imprompt-'))
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'), 'dir')
  const project: TestProject = {
    root,
    path: (name) => join(root, name),
    write: (more) => {
      for (const [name, content] of Object.entries(more)) {
        mkdirSync(dirname(join(root, name)), { recursive: true })
        writeFileSync(join(root, name), content)
      }
    },
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true, maxRetries: 10 }),
  }
  project.write({ 'package.json': '{ "type": "module" }\n', ...files })
  return project
}

/** What a project's `.env.local` says to buy from a double of OpenAI. */
export function credentials(url: string): string {
  return `OPENAI_API_KEY=sk-test-1234567890\nOPENAI_BASE_URL=${url}\n`
}

import { gitAt, gitEnvironment } from './git-project.ts'
import { type TestProject, makeProject } from './project.ts'
import { type CliRun, runCli } from './run-cli.ts'

const viteConfig = "import { defineConfig } from 'vite'\n\nexport default defineConfig({})\n"

/** A `package.json` that lists packages. */
export function manifestOf(...dependencies: readonly string[]): string {
  const devDependencies = Object.fromEntries(dependencies.map((name) => [name, '^1.0.0']))
  return JSON.stringify({ type: 'module', devDependencies })
}

/** Runs the command line in a project as git is in tests. */
export function runIn({ root }: TestProject, ...args: readonly string[]): Promise<CliRun> {
  return runCli(root, args, gitEnvironment)
}

/** A project of Vite in a repository of GitHub, with nothing of ours but the packages. */
export function viteProject(more: Readonly<Record<string, string>> = {}): TestProject {
  const project = makeProject({
    'package.json': manifestOf('vite', 'vite-plugin-imprompt', '@imprompt/core', 'imprompt'),
    'vite.config.ts': viteConfig,
    'index.html': '<script type="module" src="/main.js"></script>',
    'main.js': "import post from './post.md?raw'\ndocument.body.innerHTML = post\n",
    'post.md': '# A post\n',
    ...more,
  })
  gitAt(project.root, 'init', '-q')
  gitAt(project.root, 'remote', 'add', 'origin', 'git@github.com:somebody/blog.git')
  return project
}

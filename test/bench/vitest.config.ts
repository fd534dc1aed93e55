import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  ssr: { resolve: { conditions: ['source', 'node', 'import', 'default'] } },
  test: {
    include: ['test/bench/**/*.bench.ts'],
    setupFiles: ['test/support/clean-environment.ts'],
    // Node runs the sources by itself: Vite's module runner makes each use of an import a call of a getter.
    experimental: { viteModuleRunner: false },
    execArgv: ['--conditions=source', '--expose-gc'],
    fileParallelism: false,
    maxWorkers: 1,
    disableConsoleIntercept: true,
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
})

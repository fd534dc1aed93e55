import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  ssr: { resolve: { conditions: ['source', 'node', 'import', 'default'] } },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [
      '**/node_modules/**',
      '**/fixtures/**',
      'test/hosts/*/**',
      // Hosts beside those of the gate take as long again.
      ...(process.env['IMPROMPT_HOSTS'] === 'all' ? [] : ['**/*.more.test.ts']),
    ],
    setupFiles: ['test/support/clean-environment.ts'],
    // A dependency of these exports its TypeScript under the condition `source`, which Node strips in no package.
    server: { deps: { inline: [/@ai-sdk/, /eventsource-parser/] } },
    testTimeout: 60_000,
    // What is waited for comes soon, but not on every machine within the second that is the default.
    expect: { poll: { timeout: 10_000 } },
    hookTimeout: 120_000,
  },
})

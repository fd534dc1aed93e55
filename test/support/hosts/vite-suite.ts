import { expect, test } from 'vitest'
import { type HostStage, describeHost } from './suite.ts'

/** Tests the same plain project under one version of Vite, on the workspace's Node or another. */
export function describeVite(
  name: 'vite-5' | 'vite-6' | 'vite-7' | 'vite-8',
  node?: 'node-22',
): () => HostStage {
  const stage = describeHost({
    name,
    ...(node !== undefined && { node }),
    sources: 'vite-8',
    fifty: 'src/posts/fifty.md',
    build: ['vite', 'build'],
    dev: ['vite', '--port'],
    output: 'dist',
    page: '',
    second: { link: 'Second', alts: ['a second harbour', 'the harbour of the configuration'] },
    others: 2,
  })
  test('is of that version, and runs on that Node', async () => {
    const { output } = await stage().project.run(['vite', '--version'], {})
    expect(output).toContain(`${name.replace('-', '/')}.`)
    expect(output).toContain(`node-v${node === 'node-22' ? 22 : 24}.`)
  })
  return stage
}

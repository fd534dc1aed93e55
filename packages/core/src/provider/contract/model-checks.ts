import { strict as assert } from 'node:assert'

import type { Provider, SizeRule } from '../../ports.ts'
import { coveringSize } from '../../size-rule.ts'
import type { ContractCheck } from './contract.ts'
import { defaultModelOf } from './smallest-input.ts'

/** Ids, models and size rules, as data. */
export function modelChecks(provider: Provider): readonly ContractCheck[] {
  return [
    {
      name: 'has an id that a directive can name',
      run: async () => assert.match(provider.id, /^[\w.:-]+$/),
    },
    {
      name: 'tells its models apart by every id and alias',
      run: async () => {
        const names = provider.models.flatMap(({ id, aliases }) => [id, ...aliases])
        assert.deepEqual(names, [...new Set(names)], 'a name stands for two models')
        assert.ok(!names.includes(''), 'a model has an empty name')
      },
    },
    {
      name: 'has its default model among its models',
      run: async () => void defaultModelOf(provider),
    },
    {
      name: 'has size rules that some picture fits',
      run: async () => provider.models.forEach(({ id, sizes }) => checkSizes(id, sizes)),
    },
    {
      name: 'knows values of the attributes that its models honour',
      run: async () => {
        for (const { id, honours, qualities, backgrounds, maxReferences } of provider.models) {
          assert.ok(!honours.includes('quality') || qualities.length > 0, `qualities of \`${id}\``)
          assert.ok(
            !honours.includes('background') || backgrounds.length > 0,
            `backgrounds of \`${id}\``,
          )
          assert.ok(!honours.includes('ref') || (maxReferences ?? 0) > 0, `references of \`${id}\``)
        }
      },
    },
  ]
}

function checkSizes(id: string, rule: SizeRule): void {
  const amounts =
    rule.kind === 'list'
      ? rule.sizes.flatMap(({ width, height }) => [width, height])
      : [rule.step, rule.maxEdge, rule.minPixels, rule.maxPixels]
  assert.ok(
    amounts.length > 0 && amounts.every((one) => Number.isSafeInteger(one) && one > 0),
    `a size of \`${id}\` is no positive integer`,
  )
  if (rule.kind === 'grid') {
    assert.ok(rule.maxRatio >= 1, `\`maxRatio\` of \`${id}\` is below 1`)
    assert.ok(rule.minPixels <= rule.maxPixels, `\`minPixels\` of \`${id}\` is above \`maxPixels\``)
  }
  const size = coveringSize({ width: 1, height: 1 }, rule)
  assert.ok(size, `\`${id}\` makes no size at all`)
}

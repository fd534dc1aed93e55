import { expect, test } from 'vitest'
import { authoredKeyOf } from '../../../packages/core/src/key/key.ts'
import { planFor } from '../../../packages/core/src/plan/plan.ts'
import type { Entry, Making } from '../../../packages/core/src/ports.ts'
import { reportOf } from '../../../packages/core/src/report/report.ts'
import { substitutionsIn } from '../../../packages/core/src/report/substitution.ts'
import { reportText } from '../../../packages/core/src/report/text.ts'
import { generous, inputOf, memoryStore, requestIn, settingsOf } from '../../support/fakes.ts'
import { entryOfBytes } from '../../support/entries.ts'

const request = requestIn('![gen: a fox](quality=high, background=auto)')

const entryOf = (making: Making): Entry => entryOfBytes(request, Buffer.from('bytes'), { making })

test.for([
  [{}, []],
  [{ model: 'fake-1', quality: 'high', size: { width: 1536, height: 1024 } }, []],
  [{ model: 'fake' }, []],
  [{ model: 'fake-1-2026-01-01' }, []],
  [{ background: 'opaque' }, []],
  [
    { provider: 'other', model: 'theirs', quality: 'low' },
    [{ name: 'provider', asked: 'fake', made: 'other' }],
  ],
  [{ model: 'cheap' }, [{ name: 'model', asked: 'fake-1', made: 'cheap' }]],
  [{ quality: 'low' }, [{ name: 'quality', asked: 'high', made: 'low' }]],
  [
    { size: { width: 2048, height: 2048 } },
    [{ name: 'size', asked: '1536x1024', made: '2048x2048' }],
  ],
] as const)('%j is told as %j', ([making, expected]) => {
  expect(substitutionsIn(entryOf(making))).toEqual(expected)
})

test('a build warns of what it bought, at its place', async () => {
  const history = { verdicts: new Map(), keepsStyle: false, today: '2026-11-24' }
  const plan = await planFor(inputOf([request]), settingsOf(), memoryStore(), history)
  const report = reportOf({
    plan,
    globs: ['**/*.md'],
    terms: generous,
    outcomes: new Map([
      [authoredKeyOf(request), { kind: 'bought', entry: entryOf({ quality: 'low' }) }],
    ]),
    requests: 1,
    encoded: 0,
    hasPlaceholders: false,
    incidents: [],
  })
  expect(reportText(report)).toContain(
    'warning: post.md:1:1  asked for the quality `high`, got `low`',
  )
})

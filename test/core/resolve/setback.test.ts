import { expect, test } from 'vitest'
import { newImages } from '../../../packages/core/src/plan/budget.ts'
import { planFor } from '../../../packages/core/src/plan/plan.ts'
import type { Outcome } from '../../../packages/core/src/resolve/outcome.ts'
import { purchaseOn, setbacksOf } from '../../../packages/core/src/resolve/setback.ts'
import { generous, inputOf, memoryStore, requestIn, settingsOf } from '../../support/fakes.ts'

const refused = (message: string): Outcome => ({
  kind: 'refused',
  scope: 'run',
  code: 'invalid_api_key',
  message,
})

async function messagesOf(outcomes: readonly Outcome[]): Promise<readonly string[]> {
  const requests = outcomes.map((_one, at) => requestIn(`![gen: fox ${at}]()`))
  const history = { verdicts: new Map(), keepsStyle: false, today: '2026-11-24' }
  const images = newImages(await planFor(inputOf(requests), settingsOf(), memoryStore(), history))
  const byKey = new Map(
    images.flatMap(({ key }, at) => {
      const outcome = outcomes[at]
      return outcome === undefined ? [] : [[key, outcome] as const]
    }),
  )
  return setbacksOf(images, byKey, purchaseOn(generous, settingsOf())).map(({ message }) => message)
}

test('what is said of every picture is told once, with its places', async () => {
  const same = refused('401 `invalid_api_key`: wrong key; nothing was made')
  const place = 'post.md:1:1'
  expect(await messagesOf([same, same, same, same, refused('Busy')])).toEqual([
    `${place}, ${place}, ${place} and 1 more  401 \`invalid_api_key\`: wrong key; nothing was made. Nothing was charged. Mend the key that the configuration gives`,
    `${place}  Busy (\`invalid_api_key\`). Nothing was charged. Mend the key that the configuration gives`,
  ])
})

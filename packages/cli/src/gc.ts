import { type Obstacle, collectionText, defaultGraceDays, obstacles } from '@imprompt/core'
import { type Request, misuse } from './args.ts'
import { type Io, projectOf } from './io.ts'

/** Lists what of the store nobody names, and deletes it with `--yes`. Buys nothing, touches no remote. */
export async function gc(request: Request, io: Io): Promise<number> {
  const options = {
    isDeleting: request.isSure,
    graceDays: request.grace === undefined ? defaultGraceDays : daysOf(request.grace),
    despite: request.despite.map(obstacleOf),
    takesQuarantine: request.takesQuarantine,
    stop: io.stop,
  }
  const { upkeep } = await projectOf(request, io)
  const collection = await upkeep.collect(options)
  const text = request.isJson
    ? JSON.stringify(collection, undefined, 2)
    : collectionText(collection)
  io.stdout(`${text}\n`)
  return 0
}

function daysOf(text: string): number {
  if (/^\d{1,5}(?:\.\d+)?$/.test(text)) return Number(text)
  throw misuse(`Unexpected \`--grace ${text}\`, expected a number of days such as \`14\``)
}

function obstacleOf(text: string): Obstacle {
  const obstacle = obstacles.find((one) => one === text)
  if (obstacle !== undefined) return obstacle
  throw misuse(`Unexpected \`--despite ${text}\`, expected ${obstacles.join(', ')}`)
}

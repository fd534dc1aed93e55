import sharp from 'sharp'

import { openai } from '../../../packages/core/src/provider/openai/openai.ts'
import type { OpenAiOptions } from '../../../packages/core/src/provider/openai/options.ts'
import type { Answer, InputImage, ReadyConnection } from '../../../packages/core/src/ports.ts'
import type { OpenAiDouble } from '../openai-server.ts'

/** Connects as a build would: to OpenAI's own host, or to another one where `options` say so. */
export function connectTo(
  { url }: Pick<OpenAiDouble, 'url'>,
  options: OpenAiOptions = {},
): Required<Pick<ReadyConnection, 'generate' | 'edit' | 'retirements'>> {
  const environment = { OPENAI_API_KEY: 'sk-test-double', OPENAI_BASE_URL: url }
  const connection = openai(options).connect(environment)
  if (connection.kind === 'locked') throw new Error('locked')
  const { generate, edit, retirements } = connection
  if (edit === undefined || retirements === undefined) throw new Error('It cannot edit')
  return { generate, edit, retirements }
}

/** The oracle: whatever was billed came as a picture or is declared to be of unknown fate. */
export function declared(answers: readonly Answer[]): number {
  return answers.filter(({ kind }) => kind === 'image' || kind === 'unknown').length
}

export async function pictureOf(format: InputImage['format'], edge = 64): Promise<InputImage> {
  const background = { r: 200, g: 100, b: 0, alpha: 1 }
  const blank = sharp({ create: { width: edge, height: edge, channels: 4, background } })
  return { bytes: await blank.toFormat(format).toBuffer(), format }
}

/** What a text model costs that calls for a picture in the Responses API. */
export interface Driver {
  readonly model: string
  /** Micro-dollars a token, which is the published number of dollars a million tokens. */
  readonly input: number
  /** For input that was cached; absent where no price was seen, so that it counts in full. */
  readonly cachedInput?: number
  /** Reasoning included. */
  readonly output: number
  readonly source: string
  /** The day (`YYYY-MM-DD`) on which the price was read at its source. */
  readonly asOf: string
  readonly confidence: 'high' | 'medium'
}

/** Its model page lists the image generation tool. */
export const defaultDriver = 'gpt-6.1-terra'

const asOf = '2026-11-22'
const copies = 'copies of the OpenAI pricing page'

/** Whether an account may use the tool with one of those of medium confidence was not verified. */
export const drivers: readonly Driver[] = [
  {
    model: defaultDriver,
    input: 1,
    cachedInput: 0.05,
    output: 5,
    source: 'OpenAI model page of gpt-6.1-terra',
    asOf,
    confidence: 'high',
  },
  { model: 'gpt-6-sol', input: 2, output: 10, source: copies, asOf, confidence: 'medium' },
  { model: 'gpt-5.6-terra', input: 2, output: 12, source: copies, asOf, confidence: 'medium' },
  { model: 'gpt-5.6-luna', input: 0.2, output: 1.2, source: copies, asOf, confidence: 'medium' },
]

/** Finds a driver by its name. */
export function driverOf(model: string): Driver | undefined {
  return drivers.find((driver) => driver.model === model)
}

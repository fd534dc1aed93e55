import type { Usd } from '../../config/config.ts'
import type { Model } from '../../ports.ts'
import type { Server } from './dialect.ts'

/** Where and as whom `openai()` buys. */
export interface OpenAiOptions {
  /**
   * Unique in a configuration.
   * @default 'openai'
   */
  readonly id?: string
  /**
   * Address up to and including `/v1`; needs an `id` of its own unless it is OpenAI's.
   * @default OPENAI_BASE_URL of the environment, which may name a proxy on this machine, else OpenAI's own host
   */
  readonly baseURL?: string
  /**
   * The key, or where to fetch it before each request.
   * @default OPENAI_API_KEY of the environment, at OpenAI's own host and on this machine; needed for any other host
   */
  readonly apiKey?: string | (() => Promise<string>)
  /**
   * How long one request may take.
   * @default 600_000
   */
  readonly timeoutMs?: number
  /**
   * `responses` has a text model call for the picture, whose tokens are paid for as well. `batch` has every picture made
   * in a batch, hours later: `imprompt generate --batch` hands in and collects.
   * @default 'images', where `imprompt generate --batch` may be chosen each time
   */
  readonly api?: 'images' | 'responses' | 'batch'
  /**
   * The text model of `responses`.
   * @default 'gpt-6.1-terra'
   */
  readonly driver?: string
  /**
   * Which server answers at `baseURL`, and so which parameters it takes.
   * @default 'openai'
   */
  readonly server?: Server
  /**
   * Azure's `api-version`.
   * @default none is sent
   */
  readonly apiVersion?: string
  /**
   * The models of a server at `baseURL`; what is left out of one is OpenAI's of that id, if there is one.
   * @default all of OpenAI's, retired ones too
   */
  readonly models?: readonly (Partial<Model> & { readonly id: string })[]
  /**
   * The model of images that name none.
   * @default OpenAI's default where it is among `models`, else the first of them
   */
  readonly defaultModel?: string
  /**
   * The most that an image costs at another host, a `driver` included: an amount, or `'openai'` for OpenAI's prices.
   * @default no price is known
   */
  readonly price?: Usd
  /**
   * Hosts that a server at `baseURL` may answer addresses of pictures on.
   * @default its own host alone
   */
  readonly pictureHosts?: readonly string[]
  /**
   * How many pictures in the making of a still one a GPT Image model sends along to whoever passes a listener to
   * `generate` or `edit` of its connection, such as a script; no build and no development server does yet. Each adds 100
   * image output tokens to the estimate of every picture, and to the bill where one listens. Not with `api: 'responses'`.
   * @default none
   */
  readonly partialImages?: 1 | 2 | 3
  /**
   * Most requests a minute that the account takes.
   * @default whatever the server says
   */
  readonly imagesPerMinute?: number
}

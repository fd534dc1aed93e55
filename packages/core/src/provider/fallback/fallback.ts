import { ImpromptError } from '../../error.ts'
import type { Answer, Connection, Environment, GenerateInput } from '../../ports.ts'
import type { Provider, ReadyConnection, StandIn } from '../../ports.ts'
import { type Candidate, type Ready, candidateOf } from './candidate.ts'
import { estimateOf } from './estimate.ts'
import { inTurn } from './in-turn.ts'

/** A further provider, with what it is asked for. */
export interface FallbackEntry {
  readonly provider: Provider
  /** @default the provider's own default */
  readonly model?: string
  /** @default the quality that was asked for, where the model knows it */
  readonly quality?: string
}

/** When the next provider is asked. */
export interface FallbackOptions {
  /**
   * What becomes of a prompt that a provider refuses: it stays refused, or the next one is asked.
   * @default 'stay'
   */
  readonly moderation?: 'stay' | 'move-on'
}

/**
 * The first provider, and further ones that take its place where it proves that nothing was made and that waiting does
 * not mend it: a refused run or image, or a wait of more than a minute or of no known end. None is asked after an unknown
 * outcome or a bill. The estimate's worst case is that of the dearest. Who answered stands in `making`. All wait in one
 * line, by the least `imagesPerMinute` of those that can buy. In a batch the first alone is asked.
 *
 * @throws ImpromptError `CONFIG_INVALID` for no provider, one id twice, an unknown model or quality, a provider that takes
 * batches alone, and for a mixture of pictures by a model with sketches
 */
export function fallback(
  providers: readonly (Provider | FallbackEntry)[],
  options: FallbackOptions = {},
): Provider {
  const candidates = providers.map((one, index) =>
    candidateOf('provider' in one ? one : { provider: one }, index === 0),
  )
  const [first, ...others] = candidates
  if (first === undefined) throw invalid('expected at least one provider')
  const { provider } = first
  const stranger = others.find(
    (one) => one.provider.digitalSourceType !== provider.digitalSourceType,
  )
  if (stranger !== undefined)
    throw invalid(
      `unexpected \`${stranger.provider.id}\`, as a sketch never stands in for a model, nor a model for a sketch`,
    )
  const batchOnly = candidates.find((one) => one.provider.isBatchOnly === true)
  if (batchOnly !== undefined)
    throw invalid(`unexpected \`${batchOnly.provider.id}\`, which makes pictures in batches alone`)
  const ids = candidates.map((one) => one.provider.id)
  const twice = ids.find((id, index) => ids.indexOf(id) !== index)
  if (twice !== undefined) throw invalid(`\`${twice}\` stands twice, expected each id once`)
  return {
    id: provider.id,
    digitalSourceType: provider.digitalSourceType,
    models: provider.models,
    defaultModel: provider.defaultModel,
    credentials: [...new Set(candidates.flatMap((one) => one.provider.credentials ?? []))],
    estimate: (input) => estimateOf(input, candidates),
    ...(provider.estimateInBatch && {
      estimateInBatch: (input: GenerateInput) => provider.estimateInBatch?.(input),
    }),
    ...(provider.estimateRetired && {
      estimateRetired: (input: GenerateInput) => provider.estimateRetired?.(input),
    }),
    standIns: (input) => [
      ...(provider.standIns?.(input) ?? []),
      ...others.flatMap((one) => buyersFor(one, input)),
    ],
    connect: (environment) => connect(candidates, environment, options),
  }
}

/** Whoever may answer where one stands in: that one, and those that stand in for it in turn. */
function buyersFor({ provider, inputFor }: Candidate, input: GenerateInput): readonly StandIn[] {
  const own = inputFor(input)
  const model = own && provider.models.find(({ id }) => id === own.model)
  if (own === undefined || model === undefined) return []
  const { quality } = own
  const { qualities } = model
  const first = { provider: provider.id, model: model.id, qualities, ...(quality && { quality }) }
  return [first, ...(provider.standIns?.(own) ?? [])]
}

/** Connects whoever can buy; those that lack a credential are passed over. */
function connect(
  candidates: readonly Candidate[],
  environment: Environment,
  { moderation = 'stay' }: FallbackOptions,
): Connection {
  const connected = candidates.map((candidate) => ({
    candidate,
    connection: candidate.provider.connect(environment),
  }))
  const ready = connected.flatMap(({ candidate, connection }): readonly Ready[] =>
    connection.kind === 'ready'
      ? [{ candidate, connection, account: connection.account ?? candidate.provider.id }]
      : [],
  )
  const [leader] = ready
  if (leader === undefined) return connected[0]?.connection ?? { kind: 'locked', missing: 'a key' }
  const editors = ready.filter(({ connection }) => connection.edit !== undefined)
  const able = (all: readonly Ready[], input: GenerateInput): readonly Ready[] =>
    // What the first one knows nothing of is a mistake, which no stand-in makes good.
    knows(candidates[0], input) ? all : all.filter(({ candidate }) => candidate === candidates[0])
  const { account } = leader
  const rates = ready.flatMap(({ connection }) => connection.imagesPerMinute ?? [])
  const first = leader.candidate === candidates[0] ? leader.connection : undefined
  const terms = { movesOn: moderation === 'move-on', account }
  return {
    kind: 'ready',
    account,
    ...(rates.length > 0 && { imagesPerMinute: Math.min(...rates) }),
    // The models are the first one's own, and so are a batch and its price.
    ...(first?.retirements && { retirements: first.retirements.bind(first) }),
    ...(first?.batch && { batch: first.batch }),
    generate: (input, signal, onPartial) =>
      inTurn(able(ready, input), { input, signal, ...terms }, (connection, own) =>
        connection.generate(own, signal, onPartial),
      ),
    ...(editors.length > 0 && {
      edit: (...[input, images, signal, onPartial]: EditArguments) =>
        inTurn(
          able(editors, input),
          { input, images, signal, ...terms },
          async (connection, own) =>
            (await connection.edit?.(own, images, signal, onPartial)) ?? editless,
        ),
    }),
  }
}

type EditArguments = Parameters<NonNullable<ReadyConnection['edit']>>

const editless: Answer = {
  kind: 'refused',
  scope: 'image',
  code: 'edit_unsupported',
  message: 'It takes no pictures; nothing was sent',
}

function knows(first: Candidate | undefined, { model: name, quality }: GenerateInput): boolean {
  const model = first?.provider.models.find(({ id, aliases }) => [id, ...aliases].includes(name))
  return model !== undefined && (quality === undefined || model.qualities.includes(quality))
}

function invalid(fault: string): ImpromptError {
  return new ImpromptError('CONFIG_INVALID', `\`fallback()\`: ${fault}`)
}

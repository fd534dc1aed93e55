import type { NewImage } from '../plan/budget.ts'
import type { Connection, Environment, Provider } from '../ports.ts'

/** The providers that a plan buys from. */
export interface Connections {
  readonly byId: ReadonlyMap<string, Connection>
  /** Ids of providers that cannot buy, each with the credential that it lacks. */
  readonly locked: ReadonlyMap<string, string>
  /** Requests that went out so far. */
  requests(): number
}

/** Connects the providers of the images that are to be bought, and no others. */
export function connect(
  images: readonly NewImage[],
  providers: ReadonlyMap<string, Provider>,
  environment: Environment,
): Connections {
  let requestCount = 0
  const counted = (connection: Connection): Connection => {
    if (connection.kind === 'locked') return connection
    const { edit } = connection
    return {
      ...connection,
      generate: (...request) => {
        requestCount += 1
        return connection.generate(...request)
      },
      ...(edit && {
        edit: (...request) => {
          requestCount += 1
          return edit(...request)
        },
      }),
    }
  }
  const ids = new Set(images.map((image) => image.request.provider))
  const byId = new Map(
    [...ids].flatMap((id) => {
      const provider = providers.get(id)
      return provider === undefined ? [] : [[id, counted(provider.connect(environment))] as const]
    }),
  )
  const locked = [...byId].flatMap(([id, connection]) =>
    connection.kind === 'locked' ? [[id, connection.missing] as const] : [],
  )
  return { byId, locked: new Map(locked), requests: () => requestCount }
}

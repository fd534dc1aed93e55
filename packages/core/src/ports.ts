/** The nouns that cross stages, and the ports behind which the outside world stands. Types only. */
export type * from './batch-port.ts'
export type * from './claim-port.ts'
export type * from './entry-port.ts'
export type * from './ledger-port.ts'
export type * from './nouns.ts'
export type * from './provider-port.ts'
export type * from './remote-port.ts'
export type * from './store-port.ts'

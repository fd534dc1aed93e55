import '../../node-version.ts'
export type { Breakage, ContractCheck, ProviderContract } from './contract.ts'
export { providerContract } from './contract.ts'

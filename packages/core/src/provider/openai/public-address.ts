import { lookup as resolveHost, type LookupAddress } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** A host stands in a network that is not the Internet. */
export class PrivateAddress extends Error {
  override readonly name = 'PrivateAddress'
}

/** IANA's special-purpose registries of IPv4: what is no address of a host on the Internet. */
const privateIpv4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const

/** Everything outside 2000::/3, and what within it is special or carries an IPv4 address. */
const privateIpv6 = [
  ['::', 3],
  ['4000::', 2],
  ['8000::', 1],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const

/** Whether an address belongs to a host on the Internet; false for what is no address. */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address)
  if (version === 0) return false
  const [family, networks] =
    version === 4 ? (['ipv4', privateIpv4] as const) : (['ipv6', privateIpv6] as const)
  // One list for both would read an IPv4 address as the IPv6 address that it maps to.
  const list = new BlockList()
  for (const [network, prefix] of networks) list.addSubnet(network, prefix, family)
  return !list.check(address, family)
}

/**
 * Resolves names for a connection, and fails with `PrivateAddress` where one of the addresses is private. Whoever
 * connects by it connects to what was checked, so a name that changes its address in between gains nothing.
 */
export function lookupPublic(lookup: LookupFunction = resolveHost): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (failure, found, family) => {
      if (failure !== null) return callback(failure, '')
      const addresses = listOf(found, family)
      const [first] = addresses
      if (first === undefined || !addresses.every(({ address }) => isPublicAddress(address)))
        return callback(new PrivateAddress(`\`${hostname}\` has a private address`), '')
      if (options.all === true) return callback(null, addresses)
      callback(null, first.address, first.family)
    })
  }
}

function listOf(found: string | LookupAddress[], family = 4): LookupAddress[] {
  return typeof found === 'string' ? [{ address: found, family }] : found
}

import { ImpromptError } from '../../error.ts'

/** Where a bucket is. */
export interface BucketPlace {
  readonly bucket: string
  readonly endpoint?: string
  readonly region?: string
  readonly prefix?: string
}

/**
 * The folder in a bucket that its prefix names, without slashes around it; empty for none.
 * @throws ImpromptError `CONFIG_INVALID` where an option cannot be part of an address
 */
export function checkedPrefix({ bucket, endpoint, region, prefix = '' }: BucketPlace): string {
  if (!/^[A-Za-z0-9][\w.-]{1,254}$/.test(bucket))
    throw unexpected('bucket', `\`${bucket}\`, expected the name of a bucket`)
  if (endpoint !== undefined && !isEndpoint(endpoint))
    throw unexpected(
      'endpoint',
      'address, expected one such as `https://s3.example.com`, without a name, a password and a query',
    )
  if (region !== undefined && !/^[A-Za-z0-9-]+$/.test(region))
    throw unexpected('region', `\`${region}\`, expected one such as \`eu-central-1\``)
  const folder = prefix.replaceAll(/^\/+|\/+$/g, '')
  const isOdd = folder !== '' && folder.split('/').some((part) => /^\.{0,2}$/.test(part))
  if (isOdd || !folder.isWellFormed())
    throw unexpected('prefix', `\`${prefix}\`, expected a folder such as \`blog/pictures\``)
  return folder
}

function unexpected(option: string, rest: string): ImpromptError {
  return new ImpromptError('CONFIG_INVALID', `Unexpected \`${option}\` of s3(): ${rest}`)
}

function isEndpoint(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, username, password, search, hash } = new URL(text)
  const isBare = [username, password, search, hash].every((part) => part === '')
  return isBare && (protocol === 'https:' || protocol === 'http:')
}

/** Address of the folder in a bucket, to which names of objects are added. */
export function baseOf({ bucket, endpoint }: BucketPlace, region: string, folder: string): string {
  const path = folder
    .split('/')
    .map((part) => encodeURIComponent(part))
    .join('/')
  return `${bucketUrl(bucket, region, endpoint)}${path === '' ? '' : `/${path}`}`
}

function bucketUrl(bucket: string, region: string, endpoint: string | undefined): string {
  if (endpoint !== undefined) return `${endpoint.replace(/\/+$/, '')}/${bucket}`
  const host = `s3.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`
  // What is no single label of a host would not fit the server's certificate.
  return /^[a-z0-9-]+$/.test(bucket) ? `https://${bucket}.${host}` : `https://${host}/${bucket}`
}

import { readFileSync, readlinkSync } from 'node:fs'
import { hostname, platform } from 'node:os'
import { z } from 'zod'
import { systemCodeOf } from '../system-code.ts'

/** A process, told from any other, also from one that has its number later or in another container. */
export interface Holder {
  /** Where its number is valid: a boot of a machine and, on Linux, a namespace of numbers. */
  readonly machine: string
  readonly pid: number
  /** When it started, in whatever unit its system counts; empty where that cannot be told. */
  readonly startedAt: string
  /** What people call its machine; absent in claims that do not tell. */
  readonly host?: string
}

/** The name of a machine, which a terminal shows. */
export const hostSchema: z.ZodString = z.string().regex(/^[\w.-]{1,100}$/)

/** A holder as a claim tells it. */
export const holderSchema: z.ZodType<Holder> = z.object({
  machine: z.string(),
  pid: z.number(),
  startedAt: z.string(),
  host: hostSchema.exactOptional(),
})

/** This process. */
export function thisProcess(): Holder {
  const { pid } = process
  const host = hostname()
    .replaceAll(/[^\w.-]/g, '-')
    .slice(0, 100)
  return {
    machine: thisMachine(),
    pid,
    startedAt: startOf(pid) ?? '',
    ...(host !== '' && { host }),
  }
}

/** Whether a process is certainly no more. Of another machine or container nothing can be said. */
export function isGone(holder: Holder): boolean {
  if (holder.machine !== thisMachine()) return false
  if (!exists(holder.pid)) return true
  const startedAt = startOf(holder.pid)
  return startedAt !== undefined && holder.startedAt !== '' && startedAt !== holder.startedAt
}

/** Whether no other machine can go by the same name, as is so where its name tells one boot of it. */
export function isOneBoot({ machine }: Holder): boolean {
  return /^[0-9a-f-]{36} /.test(machine)
}

/** Whether no other process can ever be told as this holder is, as is so where its boot and its start are known. */
export function isOneProcess(holder: Holder): boolean {
  return isOneBoot(holder) && holder.startedAt !== ''
}

/** Containers on one machine share its boot, and each numbers its processes from 1. */
function thisMachine(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`
  } catch {
    return `${platform()} ${hostname()}`
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (cause) {
    // A process of somebody else is there all the same.
    return systemCodeOf(cause) === 'EPERM'
  }
}

/** Field 22 of `/proc/PID/stat`, by proc(5); the name before it may hold spaces and parentheses. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  } catch {
    return undefined
  }
}

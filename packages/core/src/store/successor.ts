import type { Entry, Purchase } from '../ports.ts'

/**
 * The entry of a key that has one, once another one comes: it tells of every purchase whose place it takes. What a person
 * adopted gives way to a person alone; what a build bought for its place meanwhile is told by it.
 * @param isByPerson Whether a person has the other one come.
 */
export function successorOf(there: Entry, coming: Entry, isByPerson: boolean): Entry {
  const isSame = there.original.sha256 === coming.original.sha256
  const stays = there.adopted !== undefined && !isSame && !isByPerson
  const [standing, other] = stays ? [there, coming] : [coming, there]
  const { former: own = [], ...entry } = standing
  const former = [...purchasesIn(other), ...own].filter(
    ({ original, requestHash }, at, all) =>
      // Of two purchases of the same picture one is enough.
      requestHash !== entry.requestHash &&
      all.findIndex((one) => one.requestHash === requestHash) === at &&
      // What is drawn for nothing is no purchase, and is kept for a person alone who may go back to it.
      (original.digitalSourceType !== 'algorithmicMedia' || entry.adopted !== undefined),
  )
  return former.length === 0 ? entry : { ...entry, former }
}

function purchasesIn({ adopted, former = [], ...purchase }: Entry): readonly Purchase[] {
  return adopted === undefined ? [purchase, ...former] : former
}

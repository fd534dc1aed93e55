/** What to do where bytes that were bought are gone or damaged, by one who asked neither git nor a remote. */
export const wayBack =
  '`imprompt pull` brings it back where a remote has it, `git restore` where git has it; else delete its entry to buy the picture anew'

/** The same of an entry, which no remote brings back. */
export const entryWayBack =
  '`git restore` brings it back where git has it; else delete it to buy the picture anew'

/** How every directive begins. */
export const opening = '![gen:'

/**
 * What a text must hold, one or the other, to ask for a picture or to be told that it nearly does: the opening itself,
 * and the misspellings of it that are looked for.
 */
export const openings: readonly string[] = [opening, '![Gen:', '![GEN:', '![ gen:', '![gen :']

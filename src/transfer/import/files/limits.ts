/** What a single record or text may have before the file is refused: more than any system writes, and little enough to hold. */
export const LONGEST_BYTES = 16 * 1024 * 1024
export const LONGEST = '16 MB'

/** A longer record is no comment; it is named and left out. In bytes or characters, whichever the reader counts. */
export const LONG = 1024 * 1024

/** Exports nest seven deep. */
export const MOST_DEPTH = 64

/** Elements, values or cells of one record. */
export const MOST_PARTS = 100_000

/**
 * Whether nothing can be read in a text: only blanks, or markup around nothing.
 * @param html as `sanitizeComment` makes it, which leaves out elements without text
 */
export const hasNothingToRead = (html: string): boolean => html === ''

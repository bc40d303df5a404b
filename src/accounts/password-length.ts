/** Characters of a password, for the rule and for the fields alike. */
export const PASSWORD_LENGTH = { min: 12, max: 200 }

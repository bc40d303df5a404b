/** Days that the ledger keeps a mail which has come to an end, and with it the memory that somebody was told. */
export const KEPT_DAYS = 180

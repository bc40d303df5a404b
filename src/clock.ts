/** The time, always asked for here so that tests can pin it. */
export type Clock = () => Date

export const systemClock: Clock = () => new Date()

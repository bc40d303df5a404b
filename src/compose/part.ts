import type { Endpoint } from '../http/endpoint.ts'

/** One capability, tied together. compose.ts lists the parts in the order in which they start; they stop in the opposite one. */
export interface Part<Use extends object = object> {
  /** What later parts, the programs and the tests call. */
  use: Use
  /** Made when the application is: a command needs none. */
  endpoints?: () => Endpoint[]
  /** Begins what goes on by itself. */
  start?: () => void
  /** Ends connections that would never end by themselves, such as event streams, when the server takes no more requests. */
  disconnect?: () => void
  /** Lets what is under way finish, and begins nothing more. */
  stop?: () => void | Promise<void>
}

/** Checks that an object is a part, and keeps its type. */
export const part = <Use extends object>(made: Part<Use>): Part<Use> => made

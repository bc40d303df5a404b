/** Finds the first of many phrases in a text. */
export interface PhraseFinder {
  /**
   * The index, in the list given, of the phrase whose end comes first in the text; null when none is there. `accepts` is asked with the
   * place behind the phrase's end (in UTF-16 units); the search goes on where it says no.
   */
  find(text: string, accepts?: (index: number, end: number) => boolean): number | null
}

interface State {
  next: Map<string, State>
  /** Where to go on when no phrase continues: the longest other beginning that the text read so far ends with. */
  otherwise: State | null
  /** The phrase that ends here. */
  phrase: number | null
  /** The longest other beginning that the text read so far ends with and that is a whole phrase. */
  shorter: State | null
}

/**
 * Prepares a list of phrases for literal search by the Aho-Corasick method: the time of a search grows with the text alone, however
 * many phrases there are and however alike they begin. Empty phrases are never found.
 */
export function phraseFinder(phrases: readonly string[]): PhraseFinder {
  const root: State = { next: new Map(), otherwise: null, phrase: null, shorter: null }
  phrases.forEach((phrase, index) => {
    if (phrase !== '') stateFor({ root, phrase }).phrase ??= index
  })
  connect(root)
  return {
    find(text, accepts = () => true) {
      let state = root
      let end = 0
      for (const character of text) {
        end += character.length
        state = step({ from: state, character }) ?? root
        for (let ended = state.phrase === null ? state.shorter : state; ended !== null; ended = ended.shorter) {
          if (ended.phrase !== null && accepts(ended.phrase, end)) return ended.phrase
        }
      }
      return null
    },
  }
}

function stateFor({ root, phrase }: { root: State; phrase: string }): State {
  let state = root
  for (const character of phrase) {
    const next = state.next.get(character) ?? { next: new Map(), otherwise: root, phrase: null, shorter: null }
    state.next.set(character, next)
    state = next
  }
  return state
}

/** Breadth first, so that the shorter beginnings are connected before the longer ones that fall back on them. */
function connect(root: State): void {
  const queue = [root]
  for (const state of queue) {
    for (const [character, next] of state.next) {
      next.otherwise = (state.otherwise && step({ from: state.otherwise, character })) ?? root
      next.shorter = next.otherwise.phrase === null ? next.otherwise.shorter : next.otherwise
      queue.push(next)
    }
  }
}

function step({ from, character }: { from: State; character: string }): State | null {
  for (let state: State | null = from; state !== null; state = state.otherwise) {
    const next = state.next.get(character)
    if (next !== undefined) return next
  }
  return null
}

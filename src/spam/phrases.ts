/** Finds the first of many phrases in a text. */
export interface PhraseFinder {
  /** The index, in the list given, of the phrase whose end comes first in the text; null when none is there. */
  find(text: string): number | null
}

interface State {
  next: Map<string, State>
  /** Where to go on when no phrase continues: the longest other beginning that the text read so far ends with. */
  otherwise: State | null
  phrase: number | null
}

/**
 * Prepares a list of phrases for literal search by the Aho-Corasick method: the time of a search grows with the text alone, however
 * many phrases there are and however alike they begin. Empty phrases are never found.
 */
export function phraseFinder(phrases: readonly string[]): PhraseFinder {
  const root: State = { next: new Map(), otherwise: null, phrase: null }
  phrases.forEach((phrase, index) => {
    if (phrase !== '') stateFor({ root, phrase }).phrase ??= index
  })
  connect(root)
  return {
    find(text) {
      let state = root
      for (const character of text) {
        state = step({ from: state, character }) ?? root
        if (state.phrase !== null) return state.phrase
      }
      return null
    },
  }
}

function stateFor({ root, phrase }: { root: State; phrase: string }): State {
  let state = root
  for (const character of phrase) {
    const next = state.next.get(character) ?? { next: new Map(), otherwise: root, phrase: null }
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
      next.phrase ??= next.otherwise.phrase
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

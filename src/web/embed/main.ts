import { BalasComments } from './element.tsx'
import { fillCounts } from './counts.ts'
import { findScript } from './options.ts'

/*
 * What `<script src=".../embed.js" defer>` does: it makes `<balas-comments>` a comment box, and fills in the numbers of comments
 * on pages that list articles. It sets no cookie and asks nobody but the server that it came from.
 */
const script = findScript()
BalasComments.script = script
if (!customElements.get('balas-comments')) customElements.define('balas-comments', BalasComments)

const count = () => void fillCounts(script)
if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', count)
else count()
document.addEventListener('balas-count', count) // by pages that list more articles later

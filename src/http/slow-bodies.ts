import type { IncomingMessage, ServerResponse } from 'node:http'

/** A whole request has so long; node's own limit is set for uploads, which it cannot tell from others. */
const REQUEST_MS = 30_000
/** An upload may last, but not stand still. */
const IDLE_MS = 60_000
/** What is still sent when the answer is out already, nobody wants. */
const AFTER_ANSWER_MS = 3000

/** The longest that an upload may take. */
export const UPLOAD_MS = 6 * 3_600_000

const UPLOAD = /^\/api\/v1\/sites\/[^/?]+\/imports(?:\?|$)/

/** Cuts off who sends a request slower than anybody needs, to hold on to a connection. Requests without a body have come whole already. */
export function limitSlowBodies(req: IncomingMessage, res: ServerResponse): void {
  const { 'content-length': length = '0', 'transfer-encoding': encoding } = req.headers
  if (encoding === undefined && Number(length) === 0) return
  const cut = () => req.destroy()
  const timers: NodeJS.Timeout[] = []
  if (req.method === 'POST' && UPLOAD.test(req.url ?? '')) req.setTimeout(IDLE_MS, cut)
  else timers.push(setTimeout(cut, REQUEST_MS))
  res.once('finish', () => {
    if (!req.complete) timers.push(setTimeout(cut, AFTER_ANSWER_MS))
  })
  const clear = () => timers.forEach(clearTimeout)
  req.once('end', clear)
  req.once('close', clear)
}

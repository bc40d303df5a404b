/**
 * The style of our mails' HTML part, in the colours of our pages; no `"`, `&` or `<` may stand in it.
 *
 * What matters without it (some programs drop it) is set inline as well, see `inline`. Here are phones, dark rooms and the comment's
 * own markup.
 */
export const mailStyle = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
body { -webkit-text-size-adjust: 100%; }
.prose p, .prose blockquote, .prose pre { margin: 0 0 12px; }
.prose > :last-child { margin-bottom: 0; }
.prose blockquote { padding-left: 14px; border-left: 3px solid #ded7ca; color: #5e584e; }
.prose pre, .prose code { font: 14px/1.5 ui-monospace, Consolas, monospace; white-space: pre-wrap; }
.prose pre, .prose code, .target { direction: ltr; unicode-bidi: isolate; }
.target { color: #5e584e; font: 13px/1.4 ui-monospace, Consolas, monospace; word-break: break-all; }
@media (max-width: 520px) {
  .sheet { padding: 20px 16px 24px !important; }
  .ground { padding: 0 !important; }
  .card { border-width: 0 0 1px !important; border-radius: 0 !important; }
  .button { display: block !important; margin: 0 0 10px !important; padding-top: 14px !important; padding-bottom: 14px !important; text-align: center !important; }
}
@media (prefers-color-scheme: dark) {
  .ground { background: #171614 !important; }
  .card { background: #211f1c !important; border-color: #3a3732 !important; }
  .ink, .prose { color: #ece8df !important; }
  .soft, .target, .prose blockquote { color: #aca598 !important; }
  .kicker { color: #f0968a !important; }
  .rule { border-color: #3a3732 !important; }
  .mast { border-color: #7f786c !important; }
  .box { background: #171614 !important; border-color: #3a3732 !important; border-left-color: #f0968a !important; }
  .quiet { border-left-color: #7f786c !important; }
  .prose blockquote { border-left-color: #3a3732 !important; }
  .approve { background: #86d3a4 !important; border-color: #86d3a4 !important; color: #171614 !important; }
  .reject { border-color: #aca598 !important; color: #ece8df !important; }
  .deed { color: #86d3a4 !important; }
  .spam { border-color: #ff9b90 !important; color: #ff9b90 !important; }
}
`

const SANS = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif"
const SERIF = "font-family:'Iowan Old Style','Palatino Linotype',Palatino,Charter,Georgia,'Noto Serif',serif"
const BUTTON = `display:inline-block;margin:0 0 8px;margin-right:8px;padding:11px 20px;border-radius:4px;border:1px solid;${SANS};font-size:16px;line-height:20px;font-weight:600;text-decoration:none`

/**
 * A style, for a language's direction. Its sides change places here, because not every mail program knows `inline-start`.
 *
 * @example directed('border-left:0', 'rtl') // 'border-right:0'
 */
export const directed = (style: string, direction: 'ltr' | 'rtl') =>
  direction === 'ltr' ? style : style.replace(/(?<=-)(?:left|right)\b/g, (side) => (side === 'left' ? 'right' : 'left'))

/** Styles that stand with their elements; what names a side needs `directed`. */
export const inline = {
  ground: 'margin:0;padding:24px 12px;background:#f4efe5',
  card: 'max-width:600px;margin:0 auto;background:#fdfcf9;border:1px solid #ded7ca;border-radius:6px',
  sheet: 'padding:24px 32px 28px',
  hidden: 'display:none;max-height:0;overflow:hidden;font-size:1px;line-height:1px;color:transparent',
  mast: `margin:0 0 24px;padding:0 0 12px;border-bottom:4px double #857d70;${SERIF};font-size:18px;line-height:1.3;font-weight:700;color:#1f1c18`,
  kicker: `margin:0 0 6px;${SANS};font-size:14px;line-height:1.4;font-weight:700;color:#96231b`,
  title: `margin:0 0 4px;${SERIF};font-size:24px;line-height:1.25;font-weight:700;color:#1f1c18;overflow-wrap:anywhere`,
  titleLink: 'color:inherit;text-decoration:none',
  heading: `margin:24px 0 8px;${SANS};font-size:14px;line-height:1.4;font-weight:700;color:#1f1c18`,
  box: 'padding:14px 16px;background:#f4efe5;border:1px solid #ded7ca;border-left:4px solid #96231b;border-radius:3px',
  quiet: 'border-left-color:#857d70',
  facts: `margin:0 0 10px;${SANS};font-size:13px;line-height:1.5;color:#5e584e;overflow-wrap:anywhere;word-break:break-word`,
  author: `margin:0 0 2px;${SANS};font-size:16px;line-height:1.4;font-weight:700;color:#1f1c18;overflow-wrap:anywhere`,
  prose: `${SERIF};font-size:17px;line-height:1.6;color:#1f1c18;overflow-wrap:anywhere;word-break:break-word`,
  line: `margin:0 0 4px;${SANS};font-size:15px;line-height:1.5;color:#1f1c18;overflow-wrap:anywhere`,
  soft: `margin:0 0 8px;${SANS};font-size:14px;line-height:1.5;color:#5e584e;overflow-wrap:anywhere`,
  buttons: 'margin:28px 0 8px',
  approve: `${BUTTON};background:#1c683a;border-color:#1c683a;color:#ffffff`,
  reject: `${BUTTON};border-color:#857d70;color:#1f1c18`,
  spam: `${BUTTON};border-color:#a4160e;color:#a4160e`,
  footLink: 'color:#5e584e;text-decoration:underline;display:inline-block;padding:6px 0',
  deed: `display:inline-block;padding:8px 14px 8px 0;${SANS};font-size:15px;line-height:20px;font-weight:600;color:#1c683a`,
  figure: `padding:6px 0;border-bottom:1px solid #ded7ca;${SANS};font-size:15px;line-height:1.5;color:#1f1c18;overflow-wrap:anywhere`,
  foot: 'margin:24px 0 0;padding:16px 0 0;border-top:1px solid #ded7ca',
} as const

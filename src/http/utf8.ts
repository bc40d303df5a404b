import { isUtf8 } from 'node:buffer'
import { MalformedRequest } from '../errors.ts'

/** What was sent is in another encoding: stored, every letter that is no ASCII would be lost. */
export const OtherEncoding = () => MalformedRequest('The text is not in UTF-8. A form says accept-charset="utf-8".')

/** Whether a form's bytes are UTF-8, also those that are escaped as `%E9`. */
export const isFormUtf8 = (body: Buffer): boolean =>
  isUtf8(body) && (body.toString('latin1').match(/(?:%[0-9a-f]{2})+/gi) ?? []).every((escaped) => isUtf8(bytesOf(escaped)))

/** The bytes that a text of single bytes stands for, `%E9` being one. */
const bytesOf = (escaped: string): Buffer =>
  Buffer.from(
    escaped.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )

/** What Windows has where Latin-1 has control characters; Node's own decoder of that name leaves them. */
const WINDOWS = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'
const windowsLetter = (character: string): string => WINDOWS[character.charCodeAt(0) - 0x80] ?? character

/** A form as it was most likely meant, so that nothing has to be typed again: what is no UTF-8 is taken for Windows' Western encoding. */
export function readOtherForm(body: Buffer): Record<string, string> {
  const textOf = (escaped = '') => {
    const bytes = bytesOf(escaped.replaceAll('+', ' '))
    return isUtf8(bytes) ? bytes.toString('utf8') : bytes.toString('latin1').replace(/[\x80-\x9f]/g, windowsLetter)
  }
  return Object.fromEntries(
    body
      .toString('latin1')
      .split('&')
      .map((field) => {
        const [name, ...value] = field.split('=')
        return [textOf(name), textOf(value.join('='))]
      }),
  )
}

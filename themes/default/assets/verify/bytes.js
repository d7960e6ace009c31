// Bytes and their spellings. Decoders are strict: one value has one spelling, so that no character of a signed text
// can be changed unseen.

export const LIMIT = 10 * 1024 * 1024; // of a file, as for `badgesite verify`

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const BITCOIN = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/** UTF-8 as text, without a byte order mark; TypeError if it is none. */
export const textOf = (bytes) => new TextDecoder("utf-8", { fatal: true }).decode(bytes);

export const bytesOf = (text) => new TextEncoder().encode(text);

/** Bytes of base64url without padding (RFC 7515, section 2). */
export function fromBase64url(text) {
  if (!/^[\w-]*$/.test(text) || text.length % 4 === 1) throw new TypeError("not base64url");
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(plain, (character) => character.charCodeAt(0));
  if (toBase64url(bytes) !== text) throw new TypeError("not canonical base64url");
  return bytes;
}

export function toBase64url(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const [a, b = 0, c = 0] = bytes.subarray(at, at + 3);
    const word = (a << 16) | (b << 8) | c;
    const taken = Math.min(bytes.length - at, 3) + 1;
    for (let place = 0; place < taken; place++) text += DIGITS[(word >> (18 - 6 * place)) & 63];
  }
  return text;
}

/** Bytes of base58btc (Multibase, `z` taken off). */
export function fromBase58(text) {
  let number = 0n;
  for (const character of text.slice(0, 256)) {
    const digit = BITCOIN.indexOf(character);
    if (digit < 0) throw new TypeError("not base58btc");
    number = number * 58n + BigInt(digit);
  }
  if (text.length > 256) throw new TypeError("too long");
  const digits = number ? number.toString(16) : "";
  const zeros = text.match(/^1*/)[0].length;
  const hex = "00".repeat(zeros) + (digits.length % 2 ? `0${digits}` : digits);
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

export const hexOf = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** SHA-256 in hexadecimal. */
export async function sha256(bytes) {
  return hexOf(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}

/** Read a stream whole; RangeError as soon as it gives more than `limit` bytes, of which no more is then kept. */
export async function gathered(stream, limit = LIMIT) {
  const reader = stream.getReader();
  const pieces = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > limit) {
      await reader.cancel();
      throw new RangeError("too large");
    }
    pieces.push(value);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** What compressed bytes expand to; `format` is `gzip` or `deflate` (zlib). */
export function expanded(bytes, format, limit) {
  return gathered(new Blob([bytes]).stream().pipeThrough(new DecompressionStream(format)), limit);
}

// Compact JWS: a signed line of text (RFC 7515), with the algorithms that badges are signed with (RFC 7518, RFC 8037).

import { bytesOf, fromBase64url, textOf } from "./bytes.js";
import { Fault } from "./fault.js";
import { isObject, readJson } from "./strict_json.js";

const SHAPE = /^[\w-]+\.[\w-]+\.[\w-]*$/;
const ALGORITHMS = {
  ES256: { kind: "p256", way: { name: "ECDSA", hash: "SHA-256" } },
  ES384: { kind: "p384", way: { name: "ECDSA", hash: "SHA-384" } },
  RS256: { kind: "rsa", way: { name: "RSASSA-PKCS1-v1_5" } },
  EdDSA: { kind: "ed25519", way: { name: "Ed25519" } },
  Ed25519: { kind: "ed25519", way: { name: "Ed25519" } },
};

export const looksSigned = (text) => SHAPE.test(text);

/** Header, claims and what the signature is over; a Fault if the text is no such token. */
export function readToken(text) {
  try {
    const [head, body, mark] = text.split(".");
    const [header, claims] = [head, body].map((part) => readJson(textOf(fromBase64url(part))));
    if (!isObject(header) || !isObject(claims)) throw new TypeError("not two objects");
    return { header, claims, signature: fromBase64url(mark), input: bytesOf(`${head}.${body}`) };
  } catch {
    throw new Fault("token-damaged", {}, { code: "unreadable" });
  }
}

/** Nothing if the token was signed with the key, a Fault if not, or if it cannot be said here. */
export async function verifySignature(token, key) {
  const { alg, crit, b64 } = token.header; // the last two ask for extensions that are not known here
  const algorithm = Object.hasOwn(ALGORITHMS, alg) ? ALGORITHMS[alg] : null;
  if (crit !== undefined || b64 !== undefined || !algorithm || algorithm.kind !== key.kind) {
    throw new Fault("algorithm", { name: String(alg) }, { code: "algorithm" });
  }
  const imported = await importKey(key);
  if (!(await crypto.subtle.verify(algorithm.way, imported, token.signature, token.input))) {
    throw new Fault("signature", {}, { code: "signature" });
  }
}

async function importKey(key) {
  try {
    return await crypto.subtle.importKey(key.format, key.material, key.way, false, ["verify"]);
  } catch (error) {
    if (key.kind === "ed25519" && error.name === "NotSupportedError") {
      throw new Fault("no-ed25519", {}, { code: "algorithm", outcome: "unchecked" });
    }
    throw new Fault("key-broken", {}, { code: "key" });
  }
}

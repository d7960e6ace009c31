// Public keys, however they are written: JSON Web Key, Multikey, PEM, and the two kinds of DID that are their own key.

import { fromBase58, fromBase64url, hexOf, textOf, toBase64url } from "./bytes.js";
import { Fault } from "./fault.js";
import { isObject, readJson } from "./strict_json.js";

const CURVES = { "P-256": ["p256", 32], "P-384": ["p384", 48] };
const MULTICODEC = { "237,1": "ed25519", "128,36": "p256" }; // 0xed, 0x1200 as varints
const FIELD = { a: -3n, b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn };
const PRIME = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const SHORTEST_RSA = 290; // bytes of SubjectPublicKeyInfo, for 2048 bits
const HEADS = {
  "3059301306072a8648ce3d020106082a8648ce3d030107": ["p256", { name: "ECDSA", namedCurve: "P-256" }],
  "3076301006072a8648ce3d020106052b81040022": ["p384", { name: "ECDSA", namedCurve: "P-384" }],
  "302a300506032b6570": ["ed25519", { name: "Ed25519" }],
}; // how the SubjectPublicKeyInfo of a key begins that is not of RSA
const SHORTEST_MODULUS = 342; // the same in characters of base64url
const SECRETS = ["d", "k", "p", "q", "dp", "dq", "qi", "oth"];

const broken = () => new Fault("key-broken", {}, { code: "key" });

/** A key as WebCrypto takes it, from a public JSON Web Key (RFC 7517). One with private members is refused. */
export function keyFromJwk(jwk) {
  if (!isObject(jwk) || SECRETS.some((name) => name in jwk)) throw broken();
  const { kty, crv, x, y, n, e } = jwk;
  if (kty === "EC" && Object.hasOwn(CURVES, crv)) {
    const way = { name: "ECDSA", namedCurve: crv };
    return { kind: CURVES[crv][0], format: "jwk", material: { kty, crv, x, y }, way };
  }
  if (kty === "OKP" && crv === "Ed25519") {
    return { kind: "ed25519", format: "jwk", material: { kty, crv, x }, way: { name: "Ed25519" } };
  }
  if (kty === "RSA" && typeof n === "string" && n.length >= SHORTEST_MODULUS) {
    const way = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
    return { kind: "rsa", format: "jwk", material: { kty, n, e }, way };
  }
  throw broken();
}

/** A key from Multikey's `publicKeyMultibase`, in base58btc. */
export function keyFromMultibase(text) {
  if (typeof text !== "string" || !text.startsWith("z")) throw broken();
  const bytes = decoded(() => fromBase58(text.slice(1)));
  const kind = MULTICODEC[bytes.subarray(0, 2).join()];
  const rest = bytes.subarray(2);
  if (kind === "ed25519" && rest.length === 32) {
    return keyFromJwk({ kty: "OKP", crv: "Ed25519", x: toBase64url(rest) });
  }
  if (kind === "p256" && rest.length === 33 && (rest[0] === 2 || rest[0] === 3)) {
    return keyFromJwk({ kty: "EC", crv: "P-256", ...point(rest) });
  }
  throw broken();
}

/** A key from PEM (SubjectPublicKeyInfo), as Open Badges 2.0 keeps its keys. */
export function keyFromPem(text) {
  const body = /-----BEGIN PUBLIC KEY-----([^-]+)-----END PUBLIC KEY-----/.exec(String(text));
  if (!body) throw broken();
  const material = decoded(() => Uint8Array.from(atob(body[1].replace(/\s/g, "")), (each) => each.charCodeAt(0)));
  const start = Object.keys(HEADS).find((head) => hexOf(material).startsWith(head));
  if (start) return { kind: HEADS[start][0], format: "spki", material, way: HEADS[start][1] };
  if (material.length < SHORTEST_RSA) throw broken();
  const way = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
  return { kind: "rsa", format: "spki", material, way };
}

/** The key that a did:key or did:jwk is, named by the DID URL of its one method. */
export function keyOfDid(url) {
  const [did, fragment] = url.split("#");
  const text = did.split(":")[2] ?? "";
  if (did.startsWith("did:key:") && fragment === text) return keyFromMultibase(text);
  if (did.startsWith("did:jwk:") && fragment === "0") {
    return keyFromJwk(decoded(() => readJson(textOf(fromBase64url(text)))));
  }
  throw broken();
}

/** The key of a verification method (Controlled Identifiers 1.0, section 2.2). */
export function keyOfMethod(method) {
  if (method.publicKeyJwk) return keyFromJwk(method.publicKeyJwk);
  if (method.publicKeyPem) return keyFromPem(method.publicKeyPem);
  return keyFromMultibase(method.publicKeyMultibase);
}

export const sameKey = (one, other) =>
  one.kind === other.kind && JSON.stringify(one.material) === JSON.stringify(other.material);

function decoded(decode) {
  try {
    return decode();
  } catch {
    throw broken();
  }
}

// WebCrypto takes no compressed points: y is a root of x^3 - 3x + b modulo the prime of P-256, the even or the odd one.
function point(bytes) {
  const x = number(bytes.subarray(1));
  const square = mod(x ** 3n + FIELD.a * x + FIELD.b);
  let y = power(square, (PRIME + 1n) / 4n);
  if (mod(y * y) !== square || x >= PRIME) throw broken();
  if ((y & 1n) !== BigInt(bytes[0] & 1)) y = PRIME - y;
  return { x: toBase64url(bytes.subarray(1)), y: toBase64url(octets(y)) };
}

const mod = (value) => ((value % PRIME) + PRIME) % PRIME;
const number = (bytes) => bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
const octets = (value) => Uint8Array.from({ length: 32 }, (_, at) => Number((value >> BigInt(8 * (31 - at))) & 255n));

function power(base, exponent) {
  let result = 1n;
  for (let left = exponent, factor = base; left; left >>= 1n, factor = mod(factor * factor)) {
    if (left & 1n) result = mod(result * factor);
  }
  return result;
}

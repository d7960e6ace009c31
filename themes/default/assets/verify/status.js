// Whether a credential was revoked: lists of bits, signed by the issuer (Bitstring Status List 1.0, section 3).

import { documentOf } from "./badge.js";
import { expanded, fromBase64url, textOf } from "./bytes.js";
import { Fault, hostOf, Unread } from "./fault.js";
import { findKey, issuerIdOf, readDocument } from "./issuers.js";
import { endsAround, momentOf, momentOfClaim } from "./moments.js";
import { isObject, listed, readJson } from "./strict_json.js";
import { looksSigned, readToken, verifySignature } from "./token.js";

const FEWEST = 131_072; // bits; among fewer, an index would tell who is meant
const LARGEST = 2 ** 27 / 8; // bytes
const OURS = /^(https?:\/\/.+\/status\/[a-z0-9-]+\/[0-9a-f]{8})\.json$/; // such a list has its token beside it
const PURPOSES = ["revocation", "suspension"];
const NEUTRAL = ["refresh", "message"];
const MOST = 8; // entries of one credential

const fault = (say, values = {}) => new Fault(say, values, { code: "status" });

/** Look up every status entry of a credential. */
export async function checkStatus(bench, document) {
  const { findings } = bench;
  const entries = listed(document.credentialStatus);
  if (!entries.length) findings.passed("revocation", "no-list");
  if (entries.length > MOST) findings.fault("revocation", fault("lists-too-many"));
  for (const entry of entries.slice(0, MOST)) {
    await findings.try("revocation", "status", () => checkEntry(bench, document, entry));
  }
}

/** Whether a signed list says that a credential is revoked. Never an error: what cannot be asked is no. */
export async function isRevoked(bench, document) {
  for (const entry of listed(document.credentialStatus).slice(0, MOST)) {
    try {
      const { bits, signed } = await listOf(bench, issuerIdOf(document), entry);
      if (signed && bitAt(bits, entry)) return true;
    } catch {
      // another entry may say so
    }
  }
  return false;
}

async function checkEntry(bench, document, entry) {
  if (!entry?.type) throw fault("list-index");
  if (listed(entry.type).includes("1EdTechRevocationList")) return checkNames(bench, document, entry);
  const known = listed(entry.type).includes("BitstringStatusListEntry") && String(entry.statusSize ?? 1) === "1";
  if (known && NEUTRAL.includes(entry.statusPurpose)) return bench.findings.passed("revocation", "no-list");
  if (!known || !PURPOSES.includes(entry.statusPurpose)) {
    const name = [entry.type, entry.statusPurpose].flat().join(", ");
    throw new Fault("status-unknown", { name }, { code: "status", outcome: "unchecked" });
  }
  const { bits, signed, host } = await listOf(bench, issuerIdOf(document), entry);
  if (bitAt(bits, entry)) {
    const say = entry.statusPurpose === "suspension" ? "suspended" : signed ? "revoked" : "revoked-unsigned-list";
    throw new Fault(say, { host }, { code: "revoked" });
  }
  if (!signed) throw new Fault("list-not-checked", { host }, { code: "status", outcome: "unchecked" });
  bench.findings.passed("revocation", "not-revoked", { host });
  return undefined;
}

/** The bits of the list that an entry names, and whether its signature was found right. */
async function listOf(bench, issuer, entry) {
  const address = String(entry.statusListCredential ?? "");
  if (!address.startsWith("http")) throw fault("list-broken", { host: address });
  const { host } = new URL(address);
  const { document, signed, token } = await readList(bench, issuer, address);
  if (issuerIdOf(document) !== issuer) throw fault("list-of-another", { host });
  const subject = isObject(document.credentialSubject) ? document.credentialSubject : {};
  const kinds = listed(document.type);
  const sound = kinds.includes("BitstringStatusListCredential") && subject.type === "BitstringStatusList";
  if (!sound || (document.id ?? address) !== address) throw fault("list-broken", { host });
  if (!listed(subject.statusPurpose).includes(entry.statusPurpose)) throw fault("list-purpose", { host });
  if (!isCurrent(document, token, bench.now)) throw fault("list-old", { host });
  return { bits: await bitsOf(subject.encodedList, host), signed, host };
}

// A list of long ago could be shown again after a revocation: it counts as long as it says, and its token and proofs.
function isCurrent(list, token, now) {
  const [starts, ends] = [
    ["validFrom", "issuanceDate"],
    ["validUntil", "expirationDate"],
  ].map((names) => names.filter((name) => name in list));
  try {
    const begun = [...starts.map((name) => momentOf(list[name], name)), ...listed(momentOfClaim(token?.claims.nbf))];
    const over = [...ends.map((name) => momentOf(list[name], name)), ...endsAround(list, token)];
    return begun.every((start) => start <= now) && over.every((end) => end >= now);
  } catch {
    return false; // a time that nobody can read is none to pass over
  }
}

async function readList(bench, issuer, address) {
  const ours = OURS.exec(address);
  const text = (ours && (await beside(bench, `${ours[1]}.jwt`))) ?? textOf(await bench.reader.read(address)).trim();
  const host = hostOf(address);
  if (looksSigned(text)) return signedList(bench, issuer, readToken(text), host);
  let document;
  try {
    document = readJson(text);
  } catch {
    throw fault("list-broken", { host });
  }
  if (!listed(document.proof).length) throw fault("list-signature", { host });
  return { document, signed: false };
}

async function signedList(bench, issuer, token, host) {
  try {
    const { key, stray } = await findKey(bench, issuer, token.header.kid, token.header.jwk);
    await verifySignature(token, key);
    return { document: documentOf(token), signed: !stray, token };
  } catch (error) {
    if (error instanceof Fault && error.outcome === "failed") throw fault("list-signature", { host });
    throw error;
  }
}

async function beside(bench, address) {
  try {
    return textOf(await bench.reader.read(address)).trim();
  } catch (error) {
    if (error instanceof Unread && ["missing", "gone"].includes(error.reason)) return null;
    throw error;
  }
}

async function bitsOf(text, host) {
  try {
    if (typeof text !== "string" || text[0] !== "u") throw new TypeError("not multibase");
    const bits = await expanded(fromBase64url(text.slice(1)), "gzip", LARGEST);
    if (bits.length * 8 < FEWEST) throw new TypeError("too short");
    return bits;
  } catch {
    throw fault("list-broken", { host });
  }
}

function bitAt(bits, entry) {
  const text = String(entry.statusListIndex);
  const index = /^\d{1,12}$/.test(text) ? Number(text) : Infinity;
  if (index >= bits.length * 8) throw fault("list-index");
  return (bits[index >> 3] & (0x80 >> (index & 7))) !== 0;
}

// 1EdTech's list of revoked ids: plain JSON, which nobody signs.
async function checkNames(bench, document, entry) {
  const list = await readDocument(bench.reader, String(entry.id));
  const { host } = new URL(entry.id);
  if (list.revokedCredential === undefined) throw fault("list-broken", { host });
  if (list.issuer !== undefined && issuerIdOf(list) !== issuerIdOf(document)) throw fault("list-of-another", { host });
  const found = listed(list.revokedCredential).find(
    (each) => each === document.id || (each?.id === document.id && each?.revoked !== false),
  );
  if (!found) {
    bench.findings.passed("revocation", "not-revoked-names", { host });
    return;
  }
  const reason = String(found.revocationReason ?? "");
  throw new Fault(reason ? "revoked-because" : "revoked", { host, reason }, { code: "revoked" });
}

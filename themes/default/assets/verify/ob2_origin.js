// Whether an issuer of Open Badges 2.0 stands behind an assertion: by the address at which it is, or by a signature.

import { Fault, hostOf } from "./fault.js";
import { readDocument } from "./issuers.js";
import { keyFromPem } from "./keys.js";
import { isObject, listed } from "./strict_json.js";
import { verifySignature } from "./token.js";

const HOSTED = ["HostedBadge", "hosted"];
const SIGNED = ["SignedBadge", "signed"];
const MOST_KEYS = 10; // of an issuer, that are tried for a badge which names none

const verificationsOf = (document) => listed(document.verification ?? document.verify).filter(isObject);

function isOf(kinds, document) {
  const told = verificationsOf(document).flatMap((each) => listed(each.type));
  return told.length > 0 && told.every((kind) => kinds.includes(kind));
}

/** Whether an assertion says that it is verified by its host, or by a signature (section VerificationObject). */
export const isHosted = (document) => isOf(HOSTED, document);
export const isSigned = (document) => isOf(SIGNED, document);

/** Whether the issuer hosts its assertions there: both of its rules must allow the address (VerificationObject). */
export function checkScope(id, issuer) {
  const rules = isObject(issuer.verification) ? issuer.verification : {};
  const starts = listed(rules.startsWith);
  const origins = listed(rules.allowedOrigins);
  const allowed = origins.length ? origins : [originOf(String(issuer.id))];
  const begins = !starts.length || starts.some((start) => typeof start === "string" && id.startsWith(start));
  if (!begins || !originOf(id) || !allowed.includes(originOf(id))) {
    throw new Fault("scope", { host: hostOf(id), issuer: hostOf(String(issuer.id)) }, { code: "scope" });
  }
}

// Host and port to the letter, as an issuer writes them.
const originOf = (address) => /^https?:\/\/([^/?#]+)/i.exec(address)?.[1] ?? "";

/** A Fault unless the token says that it is a signed badge, and a key that its issuer publishes has signed it. */
export async function checkSignature(reader, badge) {
  const { document, token, issuer } = badge;
  if (!isSigned(document)) throw new Fault("not-signed", {}, { code: "proof" });
  const creator = verificationsOf(document)[0].creator;
  const wanted = isObject(creator) ? creator.id : creator;
  const published = listed(issuer.publicKey).filter((each) => wanted === undefined || idOf(each) === wanted);
  if (!published.length) throw notPublished(issuer);
  let first;
  for (const each of published.slice(0, MOST_KEYS)) {
    try {
      return await verifySignature(token, await keyOf(reader, each, issuer));
    } catch (error) {
      first ??= error;
    }
  }
  throw first;
}

/** Whether the key that an issuer names is there and names the issuer, also where nothing is signed with it. */
export async function checkKey({ findings, reader, issuer }) {
  const address = idOf(issuer.publicKey);
  if (typeof address !== "string") return;
  const key = await findings.try("schema", "schema", () => readDocument(reader, address, "schema"));
  if (key && key.owner !== issuer.id) findings.fault("issuer", notPublished(issuer));
}

const idOf = (value) => (isObject(value) ? value.id : value);
const notPublished = (issuer) => new Fault("key-not-published", { domain: hostOf(issuer.id) }, { code: "key" });

// The issuer names its key, in full or by its address, and the key names its owner.
async function keyOf(reader, named, issuer) {
  const key = named?.publicKeyPem ? named : await readDocument(reader, String(idOf(named) ?? ""));
  if (key.owner !== issuer.id) throw notPublished(issuer);
  return keyFromPem(key.publicKeyPem);
}

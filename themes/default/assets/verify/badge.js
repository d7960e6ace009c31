// What is put before us, read to the badges that it carries. Nothing is believed here, and nothing asked of anybody.

import { textOf } from "./bytes.js";
import { without } from "./compare.js";
import { Fault } from "./fault.js";
import { momentOfClaim } from "./moments.js";
import { isObject, listed, readJson } from "./strict_json.js";
import { looksSigned, readToken } from "./token.js";
import { fromPng, fromSvg, isMarkup, isPng } from "./unbake.js";

const OB2 = "https://w3id.org/openbadges/v2";
const OB1 = "https://w3id.org/openbadges/v1";
const CREDENTIALS = ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/2018/credentials/v1"];
const CREDENTIAL_TYPES = [
  ...["VerifiableCredential", "OpenBadgeCredential", "AchievementCredential", "EndorsementCredential"],
];
const ADDRESS = /^https?:\/\/\S+$/i;
const PAGE = /^<(!doctype\s+html|html|head|body)\b/i;

const unreadable = (say, code = "unreadable") => new Fault(say, {}, { code });

export const isAddress = (text) => ADDRESS.test(text);

/** Whether a text is a page of the web, whose head may name its badges; what stands before it is gone through once. */
export function isPage(text) {
  let rest = text.trimStart();
  for (;;) {
    const end = rest.startsWith("<!--") ? "-->" : /^<\?xml/i.test(rest) ? ">" : "";
    if (!end) return PAGE.test(rest);
    const at = rest.indexOf(end, "<!--".length);
    if (at < 0) return false;
    rest = rest.slice(at + end.length).trimStart();
  }
}

/**
 * The badges in a file: `form` is ob2, ob2-jws, ob3 or ob3-jwt, `text` as it stands, `carrier` the kind of file. A
 * legacy picture may carry an address and no document: then `document` has an id and nothing else.
 */
export async function readBadges(bytes) {
  if (isPng(bytes)) return carried(await fromPng(bytes), "png");
  let text;
  try {
    text = textOf(bytes).trim();
  } catch {
    throw unreadable("not-a-badge");
  }
  if (!text) throw unreadable("empty-file", "empty");
  if (isPage(text)) throw unreadable("a-page");
  if (isMarkup(text)) return carried(fromSvg(text), "svg");
  if (text.startsWith("{") || text.startsWith("[")) return [fromDocument(text, "json")];
  if (looksSigned(text)) return [fromToken(text, "jwt")];
  throw unreadable("not-a-badge");
}

function carried(found, carrier) {
  if (!found.length) throw unreadable("no-badge-inside", "empty");
  if (new Set(found.map(({ standard }) => standard)).size < found.length) throw unreadable("several", "several");
  return found.map(({ standard, text: whole, beside }) => {
    const badge = fromText(whole.trim(), standard, carrier);
    // Other readers look at the one, and we at the other.
    if (beside && beside !== badge.text && beside !== badge.document.id) throw unreadable("two-badges", "several");
    return badge;
  });
}

function fromText(text, standard, carrier) {
  if (standard === "ob2" && isAddress(text)) return { form: "ob2", document: { id: text }, text, carrier };
  const badge = text.startsWith("{") ? fromDocument(text, carrier) : fromToken(text, carrier);
  if (!badge.form.startsWith(standard)) throw unreadable("not-a-badge");
  return badge;
}

function fromDocument(text, carrier) {
  let document;
  try {
    document = readJson(text);
  } catch {
    throw unreadable("json-damaged");
  }
  if (!isObject(document)) throw unreadable("not-a-badge");
  return { form: standardOf(document), document, text, carrier };
}

function fromToken(text, carrier) {
  if (!looksSigned(text)) throw unreadable("not-a-badge");
  const token = readToken(text);
  const document = documentOf(token);
  const form = standardOf(document) === "ob2" ? "ob2-jws" : "ob3-jwt";
  return { form, document, text, carrier, token };
}

const CLAIMS = ["iss", "jti", "nbf", "sub", "exp", "iat", "aud", "nonce"];
const momentAt = (seconds) => momentOfClaim(seconds)?.toISOString();

/**
 * The credential that a token signs: its claims, or with VCDM 1.1 what stands under `vc`, which leaves to the claims
 * what they say already (VCDM 1.1, section 6.3.1.2).
 */
export function documentOf({ claims }) {
  if (!isObject(claims.vc)) return without(claims, CLAIMS);
  const told = { id: claims.jti, issuer: claims.iss };
  const times = { issuanceDate: momentAt(claims.nbf), expirationDate: momentAt(claims.exp) };
  const known = Object.entries({ ...told, ...times }).filter(([, value]) => value !== undefined);
  const document = { ...Object.fromEntries(known), ...claims.vc };
  if (isObject(document.credentialSubject) && claims.sub !== undefined) {
    document.credentialSubject = { id: claims.sub, ...document.credentialSubject };
  }
  return document;
}

function standardOf(document) {
  const [contexts, types] = [listed(document["@context"]), listed(document.type)];
  if (types.includes("BitstringStatusListCredential")) throw unreadable("a-list");
  if (CREDENTIALS.some((each) => contexts.includes(each)) || CREDENTIAL_TYPES.some((each) => types.includes(each))) {
    return "ob3";
  }
  const isBare = !contexts.some((each) => typeof each === "string") && "badge" in document && "recipient" in document;
  if (contexts.includes(OB1) || isBare) throw unreadable("old", "old");
  if (types.includes("Assertion")) return "ob2";
  if (contexts.includes(OB2)) throw unreadable("another-document");
  throw unreadable("not-a-badge");
}

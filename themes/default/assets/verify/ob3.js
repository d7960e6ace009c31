// Open Badges 3.0: a credential that is a token, or JSON with a proof inside (sections 8.2.4 and 8.3; VCDM 2.0, 1.1).
//
// A proof inside JSON cannot be verified here: that takes canonical RDF. A site made with badgesite has the same
// credential as a token beside it, by the same issuer; that is verified, and compared field by field.

import { textOf } from "./bytes.js";
import { documentOf } from "./badge.js";
import { differences, few, without } from "./compare.js";
import { Fault, hostOf } from "./fault.js";
import { checkIssuer, findKey, issuerIdOf } from "./issuers.js";
import { keyFromMultibase, sameKey } from "./keys.js";
import { checkInside } from "./endorsements.js";
import { checkDates, momentOf } from "./moments.js";
import { checkContexts, checkShape } from "./shape.js";
import { checkStatus, isRevoked } from "./status.js";
import { isObject, listed, readJson } from "./strict_json.js";
import { readToken, verifySignature } from "./token.js";

const UUID = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
const OURS = new RegExp(`^(https?://.+/awards/${UUID}/credential)\\.json$`);
const CLAIMS = ["iss", "jti", "nbf", "sub", "exp", "iat", "aud", "nonce"];
const KINDS = ["jwt", "vc+jwt", "vc+ld+jwt", "vc+ld+json+jwt"];

/** All steps for a credential. */
export async function checkCredential(bench, badge) {
  const { findings, reader, now } = bench;
  const document = badge.document;
  checkShape(findings, badge);
  const published = await publishedToken(reader, document.id);
  const domain = await findings.try("genuine", "key", () => checkGenuine(bench, badge, published));
  if (domain !== undefined) checkIssuer(findings, domain, document.issuer?.url);
  bench.domain = domain ?? "";
  const [from, until] = dateNames(document);
  const ends = badge.token?.claims.exp === undefined ? null : new Date(badge.token.claims.exp * 1000);
  checkDates(findings, now, { text: document[from], name: from }, { text: document[until], name: until }, ends);
  await checkStatus(bench, document);
  await findings.try("hosted", "hosted", () => checkHosted(bench, badge, published));
  await checkInside(bench, document, { token: verifyToken, proof: checkProof });
}

/** What the credential says of itself, for the head of the report. */
export function subjectOf({ document }) {
  const subject = isObject(document.credentialSubject) ? document.credentialSubject : {};
  const named = listed(subject.identifier).find((each) => each?.identityType === "name" && each.hashed === false);
  const issuer = isObject(document.issuer) ? document.issuer : {};
  const [from, until] = dateNames(document);
  return {
    title: subject.achievement?.name ?? document.name,
    holder: named?.identityHash ?? subject.name,
    issuer: issuer.name,
    site: issuer.url,
    issuerId: issuerIdOf(document),
    awarded: document.awardedDate ?? document[from],
    until: document[until],
    page: OURS.test(document.id) ? new URL(".", document.id).href : undefined,
  };
}

const dateNames = (document) =>
  document.validFrom === undefined && document.issuanceDate !== undefined
    ? ["issuanceDate", "expirationDate"]
    : ["validFrom", "validUntil"];

// The token beside a credential with an address like ours; `error` says why it cannot be had.
async function publishedToken(reader, id) {
  const ours = OURS.exec(String(id));
  if (!ours) return null;
  const address = `${ours[1]}.jwt`;
  try {
    return { address, token: readToken(textOf(await reader.read(address)).trim()) };
  } catch (error) {
    return { address, error };
  }
}

/** Gives the domain that publishes the key. */
async function checkGenuine(bench, badge, published) {
  if (badge.token) {
    const domain = await verifyToken(bench, badge.token, badge.document);
    if (badge.document.proof) {
      bench.findings.add("genuine", "unchecked", "proof-not-here", {}, { code: "proof" });
    } else {
      bench.findings.passed("genuine", "signature-right");
    }
    return domain;
  }
  if (published?.token) return checkAgainst(bench, badge.document, published.token);
  await checkProof(bench, badge.document);
  throw new Fault("proof-not-here", {}, { code: "proof", outcome: "unchecked" });
}

async function verifyToken(bench, token, document) {
  const issuer = issuerIdOf(document);
  if (!KINDS.includes(String(token.header.typ ?? "JWT").toLowerCase())) {
    throw new Fault("not-a-badge", {}, { code: "proof" });
  }
  const { key, domain } = await findKey(bench, issuer, token.header.kid, token.header.jwk);
  await verifySignature(token, key);
  checkClaims(token.claims, document, issuer);
  return domain;
}

// What a token says twice must be the same (Open Badges 3.0, section 8.2.4).
function checkClaims(claims, document, issuer) {
  if (claims.iss !== undefined && claims.iss !== issuer) {
    throw new Fault("claims-differ", { fields: "iss" }, { code: "issuer", step: "issuer" });
  }
  const twice = [
    ["jti", document.id],
    ["sub", document.credentialSubject?.id],
  ].filter(([name, right]) => claims[name] !== undefined && right !== undefined && claims[name] !== right);
  const times = [
    ["nbf", document.validFrom ?? document.issuanceDate, "validFrom"],
    ["exp", document.validUntil ?? document.expirationDate, "validUntil"],
  ].filter(([name, text, member]) => {
    if (claims[name] === undefined || text === undefined) return false;
    return Math.floor(claims[name]) !== Math.floor(momentOf(text, member).getTime() / 1000);
  });
  const wrong = [...twice, ...times].map(([name]) => name);
  if (isObject(claims.vc) && claims.credentialSubject) wrong.push("credentialSubject");
  if (wrong.length) throw new Fault("claims-differ", { fields: wrong.join(", ") }, { code: "proof" });
}

// JSON is what its issuer signed if the token at its place says the same. Of a credential that was replaced the token
// says something else; then its own entry in the signed list is set, and no more can be said of its signature here.
async function checkAgainst(bench, document, token) {
  const signed = documentOf(token);
  const domain = await verifyToken(bench, token, signed);
  const fields = differences(without(document, ["proof"]), without(signed, CLAIMS));
  if (!fields.length) {
    bench.findings.passed("genuine", "same-as-signed");
    return domain;
  }
  const replaced = fields.some((field) => field.startsWith("credentialStatus"));
  if (replaced && issuerIdOf(document) === issuerIdOf(signed) && (await isRevoked(bench, document))) {
    checkIssuer(bench.findings, domain, signed.issuer?.url);
    throw new Fault("replaced", {}, { outcome: "unchecked" });
  }
  throw new Fault("differs", { fields: few(fields) }, { code: "mismatch" });
}

// Of a proof that is not verified here it is still seen whether the issuer publishes the key that it names.
async function checkProof(bench, document) {
  const proof = listed(document.proof).find(isObject);
  if (!proof?.proofValue || !proof.verificationMethod) throw new Fault("no-proof", {}, { code: "proof" });
  checkContexts(bench.findings, "genuine", document);
  const name = String(proof.verificationMethod);
  if (!/^(did|https?):/.test(name)) throw new Fault("key-unnamed", {}, { code: "key" });
  const { domain, key } = await findKey(bench, issuerIdOf(document), name);
  const fragment = name.split("#")[1] ?? "";
  if (fragment.startsWith("z6Mk") && !sameKey(key, keyFromMultibase(fragment))) {
    throw new Fault("key-not-published", { domain }, { code: "key" });
  }
  checkIssuer(bench.findings, domain, document.issuer?.url);
}

// Nobody has to serve a credential at its id. But what the issuer's own host says there, and signed, counts.
async function checkHosted(bench, badge, published) {
  const { findings, domain } = bench;
  const id = String(badge.document.id ?? "");
  const host = hostOf(id);
  if (!id.startsWith("http")) throw new Fault("no-home", {}, { code: "hosted", outcome: "unchecked" });
  if (!published) return askHome(bench, badge, id, domain);
  if (!published.token) throw new Fault("home-empty", { host }, { code: "hosted", outcome: "unchecked" });
  const there = documentOf(published.token);
  const [mine, theirs] = [badge.document, there].map((document) => without(document, ["proof", ...CLAIMS]));
  if (!differences(mine, theirs).length) return findings.passed("hosted", "hosted", { host });
  const signed = issuerIdOf(there) === issuerIdOf(badge.document) && there.id === id;
  const genuine = signed && (await verifyToken(bench, published.token, there).catch(() => null)) !== null;
  const [mineFrom, theirFrom] = [badge.document, there].map((each) => new Date(each.validFrom ?? NaN));
  if (genuine && theirFrom > mineFrom) throw new Fault("home-newer", { host }, { code: "replaced" });
  const older = genuine && theirFrom < mineFrom;
  if (host === domain && !older) throw new Fault("home-other", { host }, { code: "mismatch" });
  throw new Fault("home-other", { host }, { code: "hosted", outcome: "unchecked" });
}

// The id of a stranger's credential need not be a place on the web: what is not found there is no fault.
async function askHome(bench, { document }, id, domain) {
  const [host, open] = [hostOf(id), { code: "hosted", outcome: "unchecked" }];
  const found = await foundAt(bench.reader, id);
  if (!found) throw new Fault("no-home", {}, open);
  const { there, token } = found;
  const [mine, theirs] = [document, there].map((each) => without(each, ["proof", ...CLAIMS]));
  if (!differences(mine, theirs).length) return bench.findings.passed("hosted", "hosted", { host });
  // A token is believed by its signature; a proof cannot be looked at, and so the host must be the issuer's own.
  const signed = token ? (await verifyToken(bench, token, there).catch(() => null)) !== null : host === domain;
  const [mineFrom, theirFrom] = [document, there].map((each) => new Date(each.validFrom ?? each.issuanceDate ?? NaN));
  const another = signed && issuerIdOf(there) === issuerIdOf(document) && there.id === id;
  if (another && theirFrom > mineFrom) throw new Fault("home-newer", { host }, { code: "replaced" });
  const older = another && theirFrom < mineFrom;
  if (host === domain && !older) throw new Fault("home-other", { host }, { code: "mismatch" });
  throw new Fault("home-other", { host }, open);
}

async function foundAt(reader, id) {
  try {
    const text = textOf(await reader.read(id)).trim();
    if (text.startsWith("{")) return { there: readJson(text), token: null };
    const token = readToken(text);
    return { there: documentOf(token), token };
  } catch {
    return null;
  }
}

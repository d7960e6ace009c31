// Open Badges 3.0: a credential that is a token, or JSON with a proof inside (sections 8.2.4 and 8.3; VCDM 2.0, 1.1).
//
// A proof inside JSON cannot be verified here: that takes canonical RDF. A site made with badgesite has the same
// credential as a token beside it, by the same issuer; that is verified, and compared field by field.

import { textOf } from "./bytes.js";
import { documentOf } from "./badge.js";
import { differences, few, without } from "./compare.js";
import { Fault, hostOf, Unread } from "./fault.js";
import { checkIssuer, findKey, issuerIdOf } from "./issuers.js";
import { checkDates, momentOf } from "./moments.js";
import { checkShape } from "./shape.js";
import { checkStatus, isRevoked } from "./status.js";
import { isObject, listed } from "./strict_json.js";
import { readToken, verifySignature } from "./token.js";

const UUID = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
const OURS = new RegExp(`^(https?://.+/awards/${UUID}/credential)\\.json$`);
const CLAIMS = ["iss", "jti", "nbf", "sub", "exp"];

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
  checkDates(findings, now, { text: document[from], name: from }, { text: document[until], name: until });
  await checkStatus(bench, document);
  await findings.try("hosted", "hosted", () => checkHosted(bench, badge, published));
  const endorsements = listed(document.endorsement).length + listed(document.endorsementJwt).length;
  if (endorsements) findings.add("endorsements", "unchecked", "endorsements-inside", { count: endorsements });
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
    bench.findings.passed("genuine", "signature-right");
    return domain;
  }
  if (published?.token) return checkAgainst(bench, badge.document, published.token);
  await checkProof(bench, badge.document);
  throw new Fault("proof-not-here", {}, { code: "proof", outcome: "unchecked" });
}

async function verifyToken({ reader }, token, document) {
  const issuer = issuerIdOf(document) || String(token.claims.iss);
  const { key, domain } = await findKey(reader, issuer, token.header.kid, token.header.jwk);
  await verifySignature(token, key);
  checkClaims(token.claims, document, issuer);
  return domain;
}

// What a token says twice must be the same (Open Badges 3.0, section 8.2.4.1).
function checkClaims(claims, document, issuer) {
  const [from, until] = dateNames(document);
  const seconds = (name) => Math.floor(momentOf(document[name], name).getTime() / 1000);
  const wrong = [
    claims.iss !== undefined && claims.iss !== issuer && "iss",
    claims.jti !== undefined && document.id !== undefined && claims.jti !== document.id && "jti",
    claims.nbf !== undefined && document[from] !== undefined && Math.floor(claims.nbf) !== seconds(from) && "nbf",
    claims.exp !== undefined && document[until] !== undefined && Math.floor(claims.exp) !== seconds(until) && "exp",
  ].filter(Boolean);
  if (wrong.length) throw new Fault("claims-differ", { fields: wrong.join(", ") }, { code: "mismatch" });
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
async function checkProof({ reader, findings }, document) {
  const proof = listed(document.proof).find(isObject);
  if (!proof?.proofValue || !proof.verificationMethod) throw new Fault("no-proof", {}, { code: "proof" });
  const { domain } = await findKey(reader, issuerIdOf(document), String(proof.verificationMethod));
  checkIssuer(findings, domain, document.issuer?.url);
}

async function checkHosted(bench, badge, published) {
  const { findings, reader } = bench;
  const id = String(badge.document.id ?? "");
  const host = hostOf(id);
  if (!id.startsWith("http")) throw new Fault("no-home", {}, { outcome: "unchecked" });
  if (!published) return askHome(reader, findings, id);
  if (published.error) {
    // A person's award may have been erased: then the list says that it is revoked, and that is the answer.
    const erased = published.error instanceof Unread && ["missing", "gone"].includes(published.error.reason);
    if (erased && (await isRevoked(bench, badge.document))) {
      throw new Fault("home-empty", { host }, { outcome: "unchecked" });
    }
    throw erased ? new Fault("home-empty", { host }, { code: "hosted" }) : published.error;
  }
  const same = !differences(without(badge.document, ["proof", ...CLAIMS]), without(documentOf(published.token), CLAIMS)).length;
  if (!same) throw new Fault("home-newer", { host }, { outcome: "unchecked" });
  findings.passed("hosted", "hosted", { host });
  return undefined;
}

// The id of a stranger's credential need not be a place on the web: what is not found there is no fault.
async function askHome(reader, findings, id) {
  try {
    const text = textOf(await reader.read(id)).trim();
    const found = text.startsWith("{") ? JSON.parse(text) : documentOf(readToken(text));
    if (found.id === id) findings.passed("hosted", "hosted", { host: hostOf(id) });
    else findings.add("hosted", "unchecked", "no-home");
  } catch {
    findings.add("hosted", "unchecked", "no-home");
  }
}

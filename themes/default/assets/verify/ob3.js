// Open Badges 3.0: a credential that is a token, or JSON with a proof inside (sections 8.2.4 and 8.3; VCDM 2.0, 1.1).
//
// A proof inside JSON cannot be verified here: that takes canonical RDF. A site made with badgesite has the same
// credential as a token beside it, by the same issuer; that is verified, and compared field by field.

import { textOf } from "./bytes.js";
import { documentOf } from "./badge.js";
import { differences, few, without } from "./compare.js";
import { Fault, hostOf } from "./fault.js";
import { checkIssuer, findKey, hostOfIssuer, isOneSite, issuerIdOf } from "./issuers.js";
import { checkInside } from "./endorsements.js";
import { keyFromJwk, keyFromMultibase, sameKey } from "./keys.js";
import { checkTimes, momentOf, momentOfClaim } from "./moments.js";
import { checkContexts, checkIds, checkShape } from "./shape.js";
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
  const found = await findings.try("genuine", "key", () => checkGenuine(bench, badge, published));
  if (found) checkIssuer(findings, found, document.issuer?.url);
  bench.domain = found && !found.stray ? found.domain : "";
  checkTimes(findings, now, document, badge.token);
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
    page: pageOf(document),
  };
}

// The page of the award, if its issuer is of the same host: a stranger may write any address into an id.
function pageOf(document) {
  const isOurs = OURS.test(document.id) && isOneSite(hostOf(document.id), hostOfIssuer(issuerIdOf(document)));
  return isOurs ? new URL(".", document.id).href : undefined;
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

/** Gives the key's domain, and whether the issuer's own document does not name the key. */
async function checkGenuine(bench, badge, published) {
  if (badge.token) {
    const found = await verifyToken(bench, badge.token, badge.document);
    if (badge.document.proof) {
      bench.findings.add("genuine", "unchecked", "proof-not-here", {}, { code: "proof" });
    } else {
      bench.findings.passed("genuine", "signature-right");
    }
    return found;
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
  const { kid, jwk } = token.header;
  const brought = isObject(jwk) ? keyFromJwk(jwk) : null;
  if (brought) await verifySignature(token, brought);
  const found = await findKey(bench, issuer, kid, jwk);
  await verifySignature(token, found.key).catch((error) => {
    // A key that came along has signed it, and is not the one that its issuer publishes.
    if (!brought || error.outcome !== "failed") throw error;
    throw new Fault("key-not-published", { domain: found.domain || issuer }, { code: "key" });
  });
  checkClaims(token.claims, document, issuer);
  return found;
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
    ["nbf", "validFrom", "issuanceDate"],
    ["exp", "validUntil", "expirationDate"],
  ].filter(([name, ...members]) => {
    if (claims[name] === undefined) return false;
    const told = momentOfClaim(claims[name]);
    const given = members.filter((member) => member in document).map((member) => momentOf(document[member], member));
    return !told || given.some((each) => secondsOf(each) !== secondsOf(told));
  });
  const wrong = [...twice, ...times].map(([name]) => name);
  if (isObject(claims.vc) && claims.credentialSubject) wrong.push("credentialSubject");
  if (wrong.length) throw new Fault("claims-differ", { fields: wrong.join(", ") }, { code: "proof" });
}

const secondsOf = (moment) => Math.floor(moment.getTime() / 1000);

// JSON is what its issuer signed if the token at its place says the same. Of a credential that was replaced the token
// says something else; then its own entry in the signed list is set, and no more can be said of its signature here.
async function checkAgainst(bench, document, token) {
  const signed = documentOf(token);
  const found = await verifyToken(bench, token, signed);
  const fields = differences(without(document, ["proof"]), without(signed, CLAIMS));
  if (!fields.length) {
    bench.findings.passed("genuine", "same-as-signed");
    return found;
  }
  const replaced = fields.some((field) => field.startsWith("credentialStatus"));
  if (replaced && issuerIdOf(document) === issuerIdOf(signed) && (await isRevoked(bench, document))) {
    checkIssuer(bench.findings, found, signed.issuer?.url);
    throw new Fault("replaced", {}, { outcome: "unchecked" });
  }
  throw new Fault("differs", { fields: few(fields) }, { code: "mismatch" });
}

// Of a proof that is not verified here it is still seen whether the issuer publishes the key that it names.
async function checkProof(bench, document) {
  const proof = listed(document.proof).find(isObject);
  if (!proof?.proofValue || !proof.verificationMethod) throw new Fault("no-proof", {}, { code: "proof" });
  checkContexts(bench.findings, "genuine", document);
  checkIds(bench.findings, document);
  const name = String(proof.verificationMethod);
  if (!/^(did|https?):/.test(name)) throw new Fault("key-unnamed", {}, { code: "key" });
  const found = await findKey(bench, issuerIdOf(document), name);
  const fragment = name.split("#")[1] ?? "";
  if (fragment.startsWith("z6Mk") && !sameKey(found.key, keyFromMultibase(fragment))) {
    throw new Fault("key-not-published", { domain: found.domain }, { code: "key" });
  }
  checkIssuer(bench.findings, found, document.issuer?.url);
}

// Nobody has to serve a credential at its id. But what the issuer's own host says there, and signed, counts.
async function checkHosted(bench, badge, published) {
  const { findings, reader, domain } = bench;
  const id = String(badge.document.id ?? "");
  if (!id.startsWith("http")) throw new Fault("no-home", {}, { code: "hosted", outcome: "unchecked" });
  if (published && !published.token) {
    throw new Fault("home-empty", { host: hostOf(id) }, { code: "hosted", outcome: "unchecked" });
  }
  const home = published ? { ...published, host: hostOf(id) } : await homeOf(reader, id);
  const there = home.token ? documentOf(home.token) : home.document;
  const [mine, theirs] = [badge.document, there].map((document) => without(document, ["proof", ...CLAIMS]));
  const { host } = home;
  if (!differences(mine, theirs).length) return findings.passed("hosted", "hosted", { host });
  const same = there.id === id && issuerIdOf(there) === issuerIdOf(badge.document);
  const genuine = same && (await isBy(bench, home, host));
  const [mineFrom, theirFrom] = [badge.document, there].map(begins);
  if (genuine && theirFrom > mineFrom) throw new Fault("home-newer", { host }, { code: "replaced" });
  const older = genuine && theirFrom < mineFrom;
  if (host === domain && !older) throw new Fault("home-other", { host }, { code: "mismatch" });
  throw new Fault("home-other", { host }, { code: "hosted", outcome: "unchecked" });
}

const begins = (document) => new Date(document.validFrom ?? document.issuanceDate ?? NaN);

// Whether what is served there is the issuer's: a proof inside cannot be checked here, but the host that publishes the
// issuer's keys speaks for it.
async function isBy(bench, { token, document }, host) {
  if (!token) return host === bench.domain && listed(document.proof).length > 0;
  const found = await verifyToken(bench, token, documentOf(token)).catch(() => null);
  return Boolean(found) && !found.stray;
}

// The id of a stranger's credential need not be a place on the web: what is not found there is no fault. A credential
// proves itself, so it may come from another host to which the first one sends us.
async function homeOf(reader, id) {
  try {
    const { data, place } = await reader.readAnywhere(id);
    const text = textOf(data).trim();
    const found = text.startsWith("{") ? { document: readJson(text) } : { token: readToken(text) };
    return { ...found, host: hostOf(reader.addressOf(place)) };
  } catch {
    throw new Fault("no-home", {}, { code: "hosted", outcome: "unchecked" });
  }
}

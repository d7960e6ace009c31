// Open Badges 2.0: what the issuer's own site says counts (hosted verification), or a signature by its key (JWS).

import { claimsBeyond, few } from "./compare.js";
import { checkBeside } from "./endorsements.js";
import { Fault, faultOf, hostOf, Unread, webHostOf } from "./fault.js";
import { checkIssuer, readDocument } from "./issuers.js";
import { checkDates, momentOf } from "./moments.js";
import { checkRevocations } from "./ob2_list.js";
import { checkKey, checkScope, checkSignature, isSigned } from "./ob2_origin.js";
import { checkBadgeClass, checkIssuerShape, checkShape } from "./shape.js";
import { checkPictures } from "./pictures.js";
import { isObject } from "./strict_json.js";

/** All steps for an assertion. `badge.document` becomes what the issuer's site says, which alone counts. */
export async function checkAssertion(bench, badge) {
  const { findings } = bench;
  const copy = badge.document;
  const host = hostOf(String(copy.id ?? ""));
  if (!badge.token) {
    const served = await readHome(bench, badge, host);
    if (!served) return undefined;
    badge.document = served;
    if (served.revoked === true) return tellRevoked(bench, served, host);
  }
  checkShape(findings, badge);
  const authors = await findings.try("issuer", "issuer", () => readAuthors(bench, badge));
  if (!badge.token) checkCopy(findings, copy, badge);
  if (authors) await findings.try("genuine", "key", () => checkOrigin(bench, badge));
  else if (badge.token) findings.add("genuine", "unchecked", "issuer-not-read");
  else findings.passed("genuine", "served-by", { host });
  if (badge.document.revoked === true) return saysRevoked(findings, badge.document);
  dates(bench, badge.document);
  await checkRevocations(bench, badge.document);
  if (!authors) return undefined;
  const nodes = [badge.document, badge.badgeClass, badge.issuer];
  await checkKey(bench);
  await checkPictures(bench, nodes);
  return checkBeside(bench, nodes, checkScope);
}

/** What the badge says of itself, for the head of the report. */
export function subjectOf({ document, badgeClass = {}, issuer = {} }) {
  return {
    title: badgeClass.name,
    issuer: issuer.name,
    site: issuer.url,
    issuerId: issuer.id,
    awarded: document.issuedOn,
    until: document.expires,
  };
}

// What its host serves at its id; nothing if that was not to be had, which is then told.
async function readHome({ findings, reader }, badge, host) {
  const { document } = badge;
  const id = String(document.id ?? "");
  if (!webHostOf(id)) {
    const [say, code] = isSigned(document) ? ["no-proof", "proof"] : ["home-none", "hosted"];
    findings.fault("genuine", new Fault(say, {}, { code }));
    if (code === "hosted") findings.fault("hosted", new Fault(say, {}, { code: "id" }));
    return undefined;
  }
  try {
    const served = await readDocument(reader, id, "hosted");
    if (served.id !== id) throw new Fault("home-other-id", { host }, { code: "id" });
    findings.passed("hosted", "hosted", { host });
    return served;
  } catch (error) {
    const gone = error instanceof Unread && error.reason === "gone";
    // 410 Gone is how a server may say that it has taken an award back (Open Badges 2.0, hosted verification).
    if (gone) findings.fault("revocation", new Fault("gone", { host }, { code: "revoked" }));
    else if (document.revoked === true) saysRevoked(findings, document);
    const fault = gone ? new Fault("gone", { host }, { outcome: "unchecked" }) : faultOf(error, "hosted");
    findings.fault("hosted", fault);
    const outcome = fault.code === "hosted" ? fault.outcome : "unchecked"; // something else than the award is there
    findings.add("genuine", outcome, "not-served", { host }, { code: outcome === "failed" ? fault.code : "" });
    return undefined;
  }
}

// The host itself says so, at the address of the award: that is genuine, and an end of all other questions.
function tellRevoked(bench, served, host) {
  const { findings } = bench;
  bench.domain = host;
  findings.passed("genuine", "served-by", { host });
  checkIssuer(findings, { domain: host }, "");
  saysRevoked(findings, served, host);
}

function saysRevoked(findings, { revocationReason }, host) {
  const reason = String(revocationReason ?? "");
  const say = !host ? "revoked-itself" : reason ? "revoked-because" : "revoked-hosted";
  findings.fault("revocation", new Fault(say, { host, reason }, { code: "revoked" }));
}

/** Badge class and issuer, at their own addresses. */
async function readAuthors(bench, badge) {
  badge.badgeClass = await readWhole(bench.reader, badge.document.badge);
  checkBadgeClass(bench.findings, badge);
  badge.issuer = await readWhole(bench.reader, badge.badgeClass.issuer);
  bench.issuer = badge.issuer;
  bench.domain = hostOf(String(badge.issuer.id ?? ""));
  checkIssuerShape(bench.findings, badge);
  return true;
}

// What its holder has claims no more than its host says; what came by its host says that it is such a badge.
function checkCopy(findings, copy, { document, badgeClass, issuer }) {
  const host = hostOf(String(document.id));
  if (isSigned(document)) findings.fault("genuine", new Fault("not-hosted", { host }, { code: "proof" }));
  if (Object.keys(copy).length === 1) return; // an old picture, which carries its address alone
  const fields = claimsBeyond(copy, document, badgeClass, issuer);
  if (fields.length) {
    findings.fault("genuine", new Fault("differs-hosted", { fields: few(fields) }, { code: "mismatch" }));
  }
}

/** The signature; or for a badge that was served, whatever it says of itself, whether its issuer allows the address. */
async function checkOrigin({ findings, reader, domain }, badge) {
  const { document, token, issuer } = badge;
  if (token) {
    await checkSignature(reader, badge);
    findings.passed("genuine", "signature-right");
    findings.passed("hosted", "signed-anywhere");
  } else {
    findings.passed("genuine", "served-by", { host: hostOf(document.id) });
    await findings.try("issuer", "scope", () => checkScope(String(document.id), issuer));
  }
  checkIssuer(findings, { domain }, issuer.url);
}

// A whole document in place of an address is not believed: its own address is asked.
async function readWhole(reader, value) {
  const address = String((isObject(value) ? value.id : value) ?? "");
  const document = await readDocument(reader, address, "issuer");
  if (document.id !== address) throw new Fault("home-other-id", { host: hostOf(address) }, { code: "id" });
  return document;
}

function dates({ findings, now }, { issuedOn, expires }) {
  try {
    const [starts, ends] = [
      [issuedOn, "issuedOn"],
      [expires, "expires"],
    ].map(([text, name]) => (text === undefined ? [] : [momentOf(text, name)]));
    if (ends[0] < starts[0]) throw new Fault("dates-crossed", {}, { code: "dates" });
    checkDates(findings, now, starts, ends);
  } catch (error) {
    findings.fault("dates", error, "dates");
  }
}

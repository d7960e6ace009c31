// Open Badges 2.0: what the issuer's own site says counts (hosted verification), or a signature by its key (JWS).

import { claimsBeyond, few } from "./compare.js";
import { Fault, hostOf, Unread } from "./fault.js";
import { checkBeside } from "./endorsements.js";
import { checkIssuer, readDocument } from "./issuers.js";
import { keyFromPem } from "./keys.js";
import { checkDates } from "./moments.js";
import { checkAuthors, checkShape } from "./shape.js";
import { checkPictures } from "./pictures.js";
import { isObject, listed } from "./strict_json.js";
import { verifySignature } from "./token.js";

/** All steps for an assertion. `badge.document` becomes what the issuer's site says, which alone counts. */
export async function checkAssertion(bench, badge) {
  const { findings } = bench;
  const id = String(badge.document.id ?? "");
  if (!badge.token) {
    if (["SignedBadge", "signed"].includes((badge.document.verification ?? badge.document.verify)?.type)) {
      findings.fault("genuine", new Fault("no-proof", {}, { code: "proof" }));
      return undefined;
    }
    const served = await findings.try("hosted", "hosted", () => readHosted(bench, badge, id));
    if (!served) {
      findings.add("genuine", "unchecked", "not-served", { host: hostOf(id) });
      return undefined;
    }
    badge.document = served;
    if (served.revoked === true) return tellRevoked(bench, served, hostOf(id));
  }
  checkShape(findings, badge);
  const authors = await findings.try("issuer", "issuer", () => readAuthors(bench, badge));
  if (authors) await findings.try("genuine", "key", () => checkOrigin(bench, badge));
  else if (badge.token) findings.add("genuine", "unchecked", "issuer-not-read");
  else findings.passed("genuine", "served-by", { host: hostOf(id) });
  dates(bench, badge.document);
  await checkRevocations(bench, badge.document);
  if (!authors) return undefined;
  const nodes = [badge.document, badge.badgeClass, badge.issuer];
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

async function readHosted(bench, badge, id) {
  let served;
  try {
    served = await readDocument(bench.reader, id);
  } catch (error) {
    if (!(error instanceof Unread) || error.reason !== "gone") throw error;
    // 410 Gone is how a server may say that it has taken an award back (Open Badges 2.0, hosted verification).
    bench.findings.fault("revocation", new Fault("gone", { host: hostOf(id) }, { code: "revoked" }));
    throw new Fault("gone", { host: hostOf(id) }, { outcome: "unchecked" });
  }
  if (served.id !== id) throw new Fault("home-other-id", { host: hostOf(id) }, { code: "id" });
  bench.findings.passed("hosted", "hosted", { host: hostOf(id) });
  const bare = Object.keys(badge.document).length === 1; // an old picture, which carries its address alone
  const fields = bare || served.revoked === true ? [] : claimsBeyond(badge.document, served);
  if (fields.length) {
    bench.findings.fault("genuine", new Fault("differs-hosted", { fields: few(fields) }, { code: "mismatch" }));
  }
  return served;
}

// The host itself says so, at the address of the award: that is genuine, and an end of all other questions.
function tellRevoked({ findings }, served, host) {
  findings.passed("genuine", "served-by", { host });
  checkIssuer(findings, host, "");
  const reason = String(served.revocationReason ?? "");
  const say = reason ? "revoked-because" : "revoked-hosted";
  findings.fault("revocation", new Fault(say, { host, reason }, { code: "revoked" }));
}

/** Badge class and issuer, at their own addresses. */
async function readAuthors(bench, badge) {
  badge.badgeClass = await readWhole(bench.reader, badge.document.badge);
  badge.issuer = await readWhole(bench.reader, badge.badgeClass.issuer);
  bench.issuer = badge.issuer;
  bench.domain = hostOf(String(badge.issuer.id ?? ""));
  checkAuthors(bench.findings, badge);
  return true;
}

/** The signature, or for a hosted badge whether its issuer allows the address. */
async function checkOrigin({ findings, reader, domain }, badge) {
  const { document, token, issuer } = badge;
  if (token) {
    await verifySignature(token, await keyOf(reader, badge));
    findings.passed("genuine", "signature-right");
    findings.passed("hosted", "signed-anywhere");
  } else {
    findings.passed("genuine", "served-by", { host: hostOf(document.id) });
    await findings.try("issuer", "scope", () => checkScope(String(document.id), issuer));
  }
  checkIssuer(findings, domain, issuer.url);
}

// A whole document in place of an address is not believed: its own address is asked.
async function readWhole(reader, value) {
  const address = String((isObject(value) ? value.id : value) ?? "");
  const document = await readDocument(reader, address);
  if (document.id !== address) throw new Fault("home-other-id", { host: hostOf(address) }, { code: "id" });
  return document;
}

// Open Badges 2.0, implementation guide: both rules must allow the address.
function checkScope(id, issuer) {
  const rules = isObject(issuer.verification) ? issuer.verification : {};
  const starts = listed(rules.startsWith);
  const origins = listed(rules.allowedOrigins);
  const allowed = origins.length ? origins : [hostOf(String(issuer.id))];
  if ((starts.length && !starts.some((start) => id.startsWith(start))) || !allowed.includes(hostOf(id))) {
    throw new Fault("scope", { host: hostOf(id), issuer: hostOf(String(issuer.id)) }, { code: "scope" });
  }
}

// The key of a signed badge names its owner, and the owner names its key.
async function keyOf(reader, { document, issuer }) {
  const named = document.verification?.creator ?? listed(issuer.publicKey)[0];
  const address = String((isObject(named) ? named.id : named) ?? "");
  const published = listed(issuer.publicKey).map((each) => (isObject(each) ? each.id : each));
  const stray = new Fault("key-not-published", { domain: hostOf(issuer.id) }, { code: "key" });
  if (!published.includes(address)) throw stray;
  const whole = listed(issuer.publicKey).find((each) => isObject(each) && each.id === address);
  const key = whole?.publicKeyPem ? whole : await readDocument(reader, address);
  if (key.owner !== issuer.id) throw stray;
  return keyFromPem(key.publicKeyPem);
}

function dates({ findings, now }, { issuedOn, expires }) {
  checkDates(findings, now, { text: issuedOn, name: "issuedOn" }, { text: expires, name: "expires" });
}

// The issuer's list of revoked badges, which hosted ones may stand on as well.
async function checkRevocations({ findings, reader, issuer }, document) {
  if (!issuer) {
    findings.add("revocation", "unchecked", "list-unknown");
    return;
  }
  const host = hostOf(issuer.id);
  if (!issuer.revocationList) {
    findings.passed("revocation", "no-list");
    return;
  }
  await findings.try("revocation", "status", async () => {
    const list = await readDocument(reader, String(issuer.revocationList));
    const owner = isObject(list.issuer) ? list.issuer.id : list.issuer;
    if ((owner ?? issuer.id) !== issuer.id) throw new Fault("list-of-another", { host }, { code: "status" });
    const found = listed(list.revokedAssertions).find((each) => [each, each?.id, each?.uid].includes(document.id));
    if (!found) {
      findings.passed("revocation", "not-revoked-names", { host });
      return;
    }
    const reason = String(found.revocationReason ?? "");
    throw new Fault(reason ? "revoked-because" : "revoked", { host, reason }, { code: "revoked" });
  });
}

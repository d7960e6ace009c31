// What others say of an award, its badge or its issuer. Each endorsement has a maker of its own, who must be found too.

import { documentOf } from "./badge.js";
import { Fault } from "./fault.js";
import { readDocument } from "./issuers.js";
import { checkTimes, momentOf } from "./moments.js";
import { isHosted } from "./ob2_origin.js";
import { Findings } from "./report.js";
import { checkShape } from "./shape.js";
import { checkStatus } from "./status.js";
import { isObject, listed } from "./strict_json.js";
import { readToken } from "./token.js";

const MOST = 20;

const wrong = (name) => new Fault("endorsement-wrong", { name: String(name) }, { code: "endorsement" });

/**
 * Endorsements inside a credential, as documents or tokens (Open Badges 3.0, section 8.6). `look` has how a signature
 * is looked at: `token` and `proof`.
 */
export async function checkInside(bench, document, look) {
  const subject = isObject(document.credentialSubject) ? document.credentialSubject : {};
  const places = [document, document.issuer, subject.achievement, subject.achievement?.creator].filter(isObject);
  const found = places.flatMap((place) =>
    [...listed(place.endorsement), ...listed(place.endorsementJwt)].map((value) => ({ value, about: place.id })),
  );
  for (const each of found.slice(0, MOST)) {
    await bench.findings.try("endorsements", "endorsement", () => checkOne(bench, document, each, look));
  }
  tellCount(bench, found.length, MOST);
}

async function checkOne(bench, around, { value, about }, look) {
  const findings = new Findings();
  const inner = { ...bench, findings, domain: "" };
  const given = isObject(value) ? { "@context": around["@context"], ...value } : null;
  const token = given ? null : await findings.try("readable", "unreadable", () => readToken(String(value)));
  const document = given ?? (token ? documentOf(token) : {});
  if (document.credentialSubject?.id !== about) throw wrong(document.name ?? "");
  const signature = () => (token ? look.token(inner, token, document) : look.proof(inner, document));
  const found = await findings.try("genuine", "key", signature);
  if (found?.stray) findings.add("issuer", "unchecked", "key-stray", { domain: found.domain }, { code: "domain" });
  checkShape(findings, { form: "ob3", document });
  checkTimes(findings, bench.now, document, token);
  await checkStatus(inner, document);
  if (findings.checks.some(({ outcome }) => outcome === "failed")) throw wrong(document.issuer?.name ?? "");
  if (given || findings.checks.some(({ outcome }) => outcome === "unchecked")) {
    throw new Fault("endorsements-inside", { count: 1 }, { code: "endorsement", outcome: "unchecked" });
  }
}

/**
 * Endorsements of an assertion, its badge and its issuer, each hosted at its own id (Open Badges 2.0). `allowed` says
 * whether an issuer publishes at an address, and throws if not.
 */
export async function checkBeside(bench, nodes, allowed) {
  const about = nodes.map(({ id }) => id);
  const found = nodes.flatMap((node) => listed(node.endorsement)).map((each) => (isObject(each) ? each.id : each));
  for (const address of found.slice(0, MOST)) {
    await bench.findings.try("endorsements", "endorsement", async () => {
      const said = await readDocument(bench.reader, String(address));
      const { claim, id, type, issuer, issuedOn, revoked } = said;
      const sound = id === address && listed(type).includes("Endorsement") && revoked !== true;
      if (!sound || !about.includes(claim?.id) || momentOf(issuedOn, "issuedOn") > bench.now) throw wrong(address);
      const by = await readDocument(bench.reader, String(isObject(issuer) ? issuer.id : issuer));
      try {
        allowed(id, by);
      } catch {
        throw wrong(address);
      }
      if (!isHosted(said)) {
        throw new Fault("endorsements-inside", { count: 1 }, { code: "endorsement", outcome: "unchecked" });
      }
    });
  }
  tellCount(bench, found.length, MOST);
}

function tellCount({ findings }, count, most) {
  const code = "endorsement";
  if (count > most) findings.add("endorsements", "unchecked", "endorsements-inside", { count }, { code });
  else if (count) findings.passed("endorsements", "endorsements-right", { count });
}

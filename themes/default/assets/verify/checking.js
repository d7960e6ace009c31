// One badge through all steps, to a report.

import { Fault, hostOf, Unread } from "./fault.js";
import { checkAssertion, subjectOf as ofAssertion } from "./ob2.js";
import { checkCredential, subjectOf as ofCredential } from "./ob3.js";
import { checkRecipient } from "./recipient.js";
import { answerOf, Findings, headlineOf } from "./report.js";

/**
 * The report of a badge; `email` may be empty. The reader knows the site and remembers what was read. `place` is the id
 * that the badge must have, where it was read at an address that is nobody else's.
 */
export async function check(badge, reader, now, email, place = badge.document.id) {
  const findings = new Findings();
  const bench = { findings, reader, now, domain: "" };
  const signed = badge.form.startsWith("ob3");
  findings.passed("readable", `read-${badge.form}`);
  await (signed ? checkCredential : checkAssertion)(bench, badge);
  if (badge.document.id !== place) findings.fault("hosted", new Fault("home-other-id", {}, { code: "id" }));
  await checkRecipient(findings, badge, email);
  const subject = { ...(signed ? ofCredential : ofAssertion)(badge), domain: bench.domain };
  if (reader.borrowed) subject.domain = tellCopy(findings, reader, bench.domain);
  return reportOf(findings, subject, reader, bench.domain);
}

/** The report after something was found wrong with what carries the badge. */
export function marred(report, fault) {
  const readable = { ...fault, step: "readable" };
  const checks = [readable, ...report.checks.filter(({ step }) => step !== "readable")];
  const answer = answerOf(checks);
  return { ...report, checks, answer, headline: headlineOf(answer, checks, false) };
}

/** The report of what is no badge at all. */
export function refusal(error, reader) {
  const findings = new Findings();
  if (error instanceof Unread && error.reason === "gone") {
    findings.fault("revocation", new Fault("gone", { host: hostOf(error.address) }, { code: "revoked" }));
  } else {
    findings.fault("readable", error, "unreadable");
  }
  return reportOf(findings, {}, reader);
}

// Files of a copy prove nothing about the domain at which they should be: what they show is told as a copy's, and that
// domain is not said to publish the badge.
function tellCopy(findings, { site }, domain) {
  const [here, there] = [site.root, site.base].map((address) => new URL(address).host);
  for (const step of ["issuer", "hosted"]) {
    findings.fault(step, new Fault("borrowed", { here, there }, { outcome: "unchecked" }), step);
  }
  for (const { values } of findings.checks) {
    if (values.host === there) values.host = { say: "copied", values: { here, there } };
  }
  return domain === there ? "" : domain;
}

// `domain` is proven to stand behind the badge if its files are where they say; the subject of a copy hides it.
function reportOf(findings, subject, reader, domain = "") {
  const checks = findings.checks;
  const answer = answerOf(checks);
  const home = new URL(reader.site.base).host;
  const isForeign = Boolean(subject.domain) && subject.domain !== home;
  const headline = headlineOf(answer, checks, isForeign);
  return { subject, checks, answer, headline, domain, files: reader.files, borrowed: reader.borrowed };
}

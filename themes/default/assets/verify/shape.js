// Whether a document has what its standard asks for, and says nothing that this page does not know.

import { without } from "./compare.js";
import { Fault } from "./fault.js";
import { faults } from "./rules.js";
import { areContextsSound, OB2, ofDocument } from "./rules_ob2.js";
import { doContextsBegin, kindOf, OB3, strangeContext } from "./rules_ob3.js";
import { isObject, listed } from "./strict_json.js";

/** Look at an award as it stands; what is wrong is told by the path of the first. */
export function checkShape(findings, { form, document, token }) {
  if (form.startsWith("ob3")) {
    const unsaid = token ? ["iss", "jti", "nbf"].filter((name) => token.claims[name] === undefined) : [];
    tell(findings, [...ofCredential(document), ...unsaid.map((path) => ({ path }))]);
    if (token) checkContexts(findings, "schema", document);
    // The newer data model gives the older one's names for dates no meaning.
    const older = ["issuanceDate", "expirationDate"].find((name) => name in document);
    if (older && !kindOf(document).startsWith("Older")) {
      findings.fault("schema", new Fault("dropped", { name: older }, { code: "dropped" }));
    }
    return;
  }
  const whole = { ...document, verification: document.verification ?? document.verify };
  tell(findings, [...faults(whole, "Assertion", OB2, false), ...ofDocument(document, "Assertion")]);
  if (!areContextsSound(document)) {
    findings.fault("schema", new Fault("shape", { path: "@context" }, { code: "context" }));
  }
}

/** The same of the badge behind an assertion. */
export function checkBadgeClass(findings, { badgeClass }) {
  const found = [...faults(badgeClass, "BadgeClass", OB2, false), ...ofDocument(badgeClass, "BadgeClass")];
  tell(findings, below("badge", found));
}

/** The same of the issuer behind it. */
export function checkIssuerShape(findings, { issuer }) {
  const found = [...faults(issuer, "Issuer", OB2, false), ...ofDocument(issuer, "Issuer", "Profile")];
  tell(findings, below("issuer", found));
}

const below = (name, found) => found.map((each) => ({ ...each, path: `${name}.${each.path}` }));

/** A context that nobody knows here: what the words of such a document mean, and what is signed, cannot be said. */
export function checkContexts(findings, step, document) {
  const name = strangeContext(document);
  if (name) findings.fault(step, new Fault("context-unknown", { name: name.slice(0, 120) }, { code: "context" }));
}

/** An id that is no whole address is left out of what a proof inside signs, so that anybody could change it. */
export function checkIds(findings, document) {
  const path = relativeId(without(document, ["@context", "proof"]), "");
  if (path) findings.fault("genuine", new Fault("dropped", { name: path }, { code: "dropped" }));
}

function relativeId(value, path) {
  if (Array.isArray(value)) return value.map((each) => relativeId(each, path)).find(Boolean);
  if (!isObject(value)) return undefined;
  const found = Object.entries(value).map(([name, inner]) => relativeId(inner, path ? `${path}.${name}` : name));
  const isRelative = typeof value.id === "string" && !/^([A-Za-z][A-Za-z0-9+.-]*|_):/.test(value.id);
  return isRelative ? (path ? `${path}.id` : "id") : found.find(Boolean);
}

// A word that is not known is no fault: whether a context defines it, this page cannot say.
function tell(findings, found) {
  const wrong = found.find(({ unknown }) => !unknown);
  const { path } = wrong ?? found[0] ?? {};
  if (wrong) findings.fault("schema", new Fault("shape", { path }, { code: "schema" }));
  else if (path) findings.add("schema", "unchecked", "word-unknown", { path }, { code: "dropped" });
  else findings.passed("schema", "shape-right");
}

function* ofCredential(document) {
  const types = listed(document.type);
  const kind = kindOf(document);
  const award = ["OpenBadgeCredential", "AchievementCredential"].some((type) => types.includes(type));
  if (!doContextsBegin(document)) yield { path: "@context" };
  if (!types.includes("VerifiableCredential") || !(award || kind.endsWith("Endorsement"))) yield { path: "type" };
  yield* faults(document, kind, OB3, true);
}

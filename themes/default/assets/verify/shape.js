// Whether a document has what its standard asks for. The whole schema is for `badgesite verify`; these are its bones.

import { Fault } from "./fault.js";
import { isObject, listed } from "./strict_json.js";

const text = (value) => typeof value === "string" && value !== "";
const has = (type) => (value) => listed(value).includes(type);
const CONTEXT = /^https:\/\/purl\.imsglobal\.org\/spec\/ob\/v3p0\/context(-3\.\d\.\d)*\.json$/;

/** Look at the members that nothing can do without; what is wrong is told by the path of the first. */
export function checkShape(findings, { form, document, token }) {
  const unsaid = form === "ob3-jwt" ? ["iss", "jti", "nbf"].filter((name) => token.claims[name] === undefined) : [];
  const looked = form.startsWith("ob3") ? ofCredential(document) : ofAssertion(document);
  const wrong = [...looked, ...unsaid].find(Boolean);
  if (wrong) findings.fault("schema", new Fault("shape", { path: wrong }, { code: "schema" }));
  else findings.passed("schema", "shape-right");
}

/** The same of what stands behind an assertion. */
export function checkAuthors(findings, { badgeClass, issuer }) {
  const wrong = [
    ...["name", "description", "image", "criteria"].map((name) => unless(badgeClass[name], `badge.${name}`)),
    ...["name", "url", "email"].map((name) => unless(text(issuer[name]), `issuer.${name}`)),
  ].find(Boolean);
  if (wrong) findings.fault("schema", new Fault("shape", { path: wrong }, { code: "schema" }));
}

const unless = (right, path) => (right ? "" : path);

function* ofCredential(document) {
  const contexts = listed(document["@context"]);
  const types = listed(document.type);
  yield unless(contexts.some((each) => CONTEXT.test(each)), "@context");
  const endorses = types.includes("EndorsementCredential");
  yield unless(types.includes("VerifiableCredential"), "type");
  yield unless(endorses || types.includes("OpenBadgeCredential") || types.includes("AchievementCredential"), "type");
  yield unless(text(document.id), "id");
  yield unless(text(document.issuer) || (text(document.issuer?.id) && has("Profile")(document.issuer.type)), "issuer");
  yield unless(text(document.validFrom ?? document.issuanceDate), "validFrom");
  const subject = document.credentialSubject;
  if (endorses) return;
  yield unless(isObject(subject) && has("AchievementSubject")(subject.type), "credentialSubject");
  yield* ofSubject(isObject(subject) ? subject : {});
  yield unless(!Array.isArray(document.credentialStatus), "credentialStatus");
}

function* ofSubject(subject) {
  yield unless(text(subject.id) || listed(subject.identifier).length > 0, "credentialSubject.id");
  for (const each of listed(subject.identifier)) {
    const sound = each?.type === "IdentityObject" && typeof each.hashed === "boolean" && text(each.identityHash);
    yield unless(sound && text(each.identityType), "credentialSubject.identifier");
  }
  const achievement = isObject(subject.achievement) ? subject.achievement : {};
  const path = "credentialSubject.achievement";
  yield unless(has("Achievement")(achievement.type), `${path}.type`);
  for (const name of ["id", "name", "description"]) yield unless(text(achievement[name]), `${path}.${name}`);
  const { criteria } = achievement;
  yield unless(isObject(criteria) && (text(criteria.id) || text(criteria.narrative)), `${path}.criteria`);
}

function* ofAssertion(document) {
  if (document.revoked === true) return;
  const recipient = isObject(document.recipient) ? document.recipient : {};
  yield unless(has("Assertion")(document.type), "type");
  yield unless(text(recipient.type), "recipient.type");
  yield unless(text(recipient.identity), "recipient.identity");
  yield unless(typeof recipient.hashed === "boolean", "recipient.hashed");
  yield unless(text(document.badge) || isObject(document.badge), "badge");
  yield unless(isObject(document.verification) || isObject(document.verify), "verification");
  yield unless(text(document.issuedOn), "issuedOn");
}

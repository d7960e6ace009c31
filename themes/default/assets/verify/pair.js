// Two badges together, one of each standard, as a picture carries them or a page names them: whether they can be of one
// award, whether they are, and what is told first.

import { Fault, hostOf, webHostOf } from "./fault.js";
import { hostOfIssuer, isBelow, isOneSite, issuerIdOf } from "./issuers.js";
import { isMoment, momentOf } from "./moments.js";
import { areOfOne } from "./recipient.js";

const AWARD = /^(https:\/\/[^?#]+\/awards\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\/)[a-z]+\.json$/;
const OPEN = ["unknown", "partly", "unread"];
const SOUND = ["foreign", "valid"];
// Answers, the worst first.
const GRAVITY = [
  ...["broken", "empty", "forged", "faulty", "other-person", "revoked", "replaced", "expired", "early"],
  ...OPEN,
  ...SOUND,
];

const isPicture = (badges) => badges.every(({ carrier }) => ["png", "svg"].includes(carrier));

/**
 * What is wrong with two badges of one picture or page and their reports; nothing if they can be of one award. Titles
 * may be in two languages, so only publishers and holders are compared, and these as far as anybody can.
 */
export async function pairFault(badges, reports) {
  if (badges.length !== 2) return null;
  const [publishers, holders] = isPicture(badges)
    ? ["two-publishers", "two-holders"]
    : ["page-two-publishers", "page-two-holders"];
  const [one, other] = badges.map(publisherOf);
  const code = { code: "mismatch" };
  if (one && other && !isBelow(one, other)) return new Fault(publishers, { one, other }, code);
  return (await haveOneHolder(badges, reports)) === false ? new Fault(holders, {}, code) : null;
}

/**
 * How two records stand to each other, to be told at once: `records` in the order of their standards, `worst` the one
 * whose answer is that of both, and `how`. They agree, or say different things; or one of them is not decided; or they
 * have one answer, and nobody can tell whether they are of one award. Nothing for badges that are no such two.
 */
export async function pairOf(badges, reports, fault) {
  const standards = badges.map(({ form }) => form.slice(0, "ob2".length));
  if (badges.length !== 2 || standards[0] === standards[1]) return null;
  const isOne = !fault && (await areOfOneAward(badges, reports));
  if (!isOne && !fault && !isPicture(badges)) return null; // a page may name the badges of several awards
  const records = standards[0] === "ob2" ? reports : [...reports].reverse();
  const worst = [...records].sort((one, other) => gravity(one) - gravity(other))[0];
  return { records, worst, fault, how: fault ? "apart" : standing(records, isOne) };
}

const gravity = ({ headline }) => GRAVITY.indexOf(headline);

function standing(records, isOne) {
  const [one, other] = records.map(({ headline }) => (headline === "foreign" ? "valid" : headline));
  if (one !== other) return OPEN.includes(one) || OPEN.includes(other) ? "open" : "differ";
  if (!isOne || !areOnOneSite(records.map(({ domain }) => domain))) return "unsure";
  return one === "revoked" || sameDay(records, "until") ? "agree" : "until"; // what is revoked may name no end
}

// The host that a badge says is behind it: its own home, or that of its issuer if a signature speaks for it.
function publisherOf({ form, document, issuer }) {
  if (form === "ob2") return webHostOf(String(document.id ?? ""));
  return form === "ob2-jws" ? webHostOf(String(issuer?.id ?? "")) : hostOfIssuer(issuerIdOf(document));
}

const areOnOneSite = (hosts) => hosts.every((host) => host && isOneSite(host, hosts[0]));

// Whether two badges are of one person; nothing if nobody can tell.
async function haveOneHolder(badges, reports) {
  const told = reports.flatMap(({ checks }) => checks.filter(({ step }) => step === "recipient"));
  const outcomes = told.map(({ outcome }) => outcome);
  if (outcomes.includes("passed") && outcomes.includes("failed")) return false;
  const areBoth = outcomes.length === 2 && outcomes.every((outcome) => outcome === "passed");
  return areBoth || areOfOne(...badges);
}

// Nobody speaks of another's awards: both must be of one host. The folder of an award on it, in a site like this, is
// that of both records; of others, holder, title and day must fit.
async function areOfOneAward(badges, reports) {
  const hosts = badges.map(publisherOf);
  const alike = areOnOneSite(hosts) && (await haveOneHolder(badges, reports));
  if (alike === false) return false;
  const [place, also] = badges.map(({ document }) => AWARD.exec(String(document.id))?.[1]);
  if (place && also) return place === also && areOnOneSite([...hosts, hostOf(place)]);
  const [title, called] = reports.map(({ subject }) => subject.title);
  const isTitle = typeof title === "string" && title !== "" && title === called;
  const areDated = reports.every(({ subject }) => isMoment(subject.awarded));
  return alike === true && isTitle && areDated && sameDay(reports, "awarded");
}

// Whether two records say the same day, or neither says one.
function sameDay(reports, name) {
  const [day, also] = reports.map(({ subject }) => dayOf(subject[name] ?? "", name));
  return day === also;
}

const dayOf = (text, name) =>
  isMoment(text) ? momentOf(text, name).toISOString().slice(0, "2023-01-01".length) : text;

// Two badges together, one of each standard, as a picture carries them or a page names them: whether they can be of one
// award, whether they are, and what is told first.

import { Fault } from "./fault.js";
import { isBelow } from "./issuers.js";
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
 * What is wrong with two badges of one picture and their reports; nothing if they can be of one award. Titles may be in
 * two languages, so only publishers and holders are compared, and these as far as anybody can.
 */
export async function pairFault(badges, reports) {
  if (badges.length !== 2 || !isPicture(badges)) return null;
  const [one, other] = reports.map(({ subject }) => subject.domain);
  const code = { code: "mismatch" };
  if (one && other && !isBelow(one, other)) return new Fault("two-publishers", { one, other }, code);
  const told = reports.flatMap(({ checks }) => checks.filter(({ step }) => step === "recipient"));
  const outcomes = told.map(({ outcome }) => outcome);
  const apart = outcomes.includes("passed") && outcomes.includes("failed");
  return apart || (await areOfOne(...badges)) === false ? new Fault("two-holders", {}, code) : null;
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
  if (!isOne && !isPicture(badges)) return null; // a page may name the badges of several awards
  const records = standards[0] === "ob2" ? reports : [...reports].reverse();
  const worst = [...records].sort((one, other) => gravity(one) - gravity(other))[0];
  return { records, worst, fault, how: fault ? "apart" : standing(records, isOne) };
}

const gravity = ({ headline }) => GRAVITY.indexOf(headline);

function standing(records, isOne) {
  const [one, other] = records.map(({ headline }) => (headline === "foreign" ? "valid" : headline));
  if (one !== other) return OPEN.includes(one) || OPEN.includes(other) ? "open" : "differ";
  if (!isOne) return "unsure";
  return sameDay(records, "until") ? "agree" : "until";
}

// The address of an award of a site like this is that of both its records; of others, holder, title and day must fit.
async function areOfOneAward(badges, reports) {
  const alike = await areOfOne(...badges);
  if (alike === false) return false;
  const [place, also] = badges.map(({ document }) => AWARD.exec(String(document.id))?.[1]);
  if (place && place === also) return true;
  const [title, called] = reports.map(({ subject }) => subject.title);
  return alike === true && typeof title === "string" && title === called && sameDay(reports, "awarded");
}

// Whether two records say the same day, as far as both say one.
function sameDay(reports, name) {
  const [one, other] = reports.map(({ subject }) => subject[name]);
  const moments = [one, other].filter(isMoment);
  if (moments.length < 2) return one === other || !one || !other;
  const [day, also] = moments.map((text) => momentOf(text, name).toISOString().slice(0, "2023-01-01".length));
  return day === also;
}

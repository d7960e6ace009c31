// A picture with a badge of each standard: both must be of one award, or what is valid of one is read into the other.
// Titles may be in two languages, so only publishers and holders are compared, and these as far as anybody can.

import { Fault } from "./fault.js";
import { isBelow } from "./issuers.js";
import { areOfOne } from "./recipient.js";

/** What is wrong with two badges of one picture and their reports; nothing if they can be of one award. */
export async function pairFault(badges, reports) {
  if (badges.length !== 2 || badges.some(({ carrier }) => !["png", "svg"].includes(carrier))) return null;
  const [one, other] = reports.map(({ subject }) => subject.domain);
  const code = { code: "mismatch" };
  if (one && other && !isBelow(one, other)) return new Fault("two-publishers", { one, other }, code);
  const told = reports.flatMap(({ checks }) => checks.filter(({ step }) => step === "recipient"));
  const outcomes = told.map(({ outcome }) => outcome);
  const apart = outcomes.includes("passed") && outcomes.includes("failed");
  return apart || (await areOfOne(...badges)) === false ? new Fault("two-holders", {}, code) : null;
}

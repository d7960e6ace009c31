// What a check found, as in `badgesite verify`: a check for each step, and the answer that follows from them all.

import { faultOf } from "./fault.js";

export const STEPS = [
  ...["readable", "genuine", "issuer", "hosted", "dates", "revocation", "schema", "recipient", "endorsements"],
];

const GRAVITY = { passed: 0, unchecked: 1, failed: 2 };
// Beside what `badgesite verify` needs: words and endorsements that a page cannot judge may hide what it could. Whose
// badge it is, is told if an address was typed, and needed then.
const NEEDED = ["readable", "genuine", "issuer", "dates", "revocation", "schema", "recipient", "endorsements"];
const NOTHING = ["nothing-given", "empty-file"]; // what is to be said of them is no more than that
const MILD = { revoked: "revoked", replaced: "revoked", expired: "expired", early: "early" }; // the gravest first

/** The checks as they come: of two for a step the graver stays, and of two alike the first. */
export class Findings {
  constructor() {
    this.found = new Map();
  }

  add(step, outcome, say, values = {}, { code = "", outOfReach = false } = {}) {
    const before = this.found.get(step);
    if (before && GRAVITY[before.outcome] >= GRAVITY[outcome]) return;
    this.found.set(step, { step, outcome, say, values, code, outOfReach });
  }

  passed(step, say, values) {
    this.add(step, "passed", say, values);
  }

  /** Take an error for a step; `code` is for what a file that must be there makes fail. */
  fault(step, error, code) {
    const fault = faultOf(error, code);
    if (fault.step && fault.step !== step) this.add(step, "unchecked", "not-reached");
    this.add(fault.step ?? step, fault.outcome, fault.say, fault.values, fault);
  }

  /** Run a step's work; what it throws is the step's fault. Gives what the work gives, or nothing. */
  async try(step, code, work) {
    try {
      return await work();
    } catch (error) {
      this.fault(step, error, code);
      return undefined;
    }
  }

  get checks() {
    return STEPS.filter((step) => this.found.has(step)).map((step) => this.found.get(step));
  }
}

/** The one word for it all: valid, revoked, expired, early, invalid or unknown. */
export function answerOf(checks) {
  const codes = checks.filter((check) => check.outcome === "failed").map((check) => check.code);
  if (codes.some((code) => !(code in MILD))) return "invalid";
  const mild = Object.keys(MILD).find((code) => codes.includes(code));
  if (mild) return MILD[mild];
  return openOf(checks).length ? "unknown" : "valid";
}

// What a page cannot judge although the badge itself was judged: its words, and what others say of it.
const BESIDE = ["schema", "endorsements"];

/** The checks that the answer needs and that were not made. */
export const openOf = (checks) =>
  checks.filter((check) => NEEDED.includes(check.step) && check.outcome === "unchecked");

/**
 * What a person needs to be told first, finer than the answer: a file without a badge, a damaged one, another person's
 * badge, one of another institution. Each has words of its own.
 */
export function headlineOf(answer, checks, isForeign) {
  const failed = checks.filter((check) => check.outcome === "failed");
  if (answer === "invalid") {
    if (NOTHING.includes(failed[0].say)) return "nothing";
    if (failed[0].step === "readable") return failed[0].code === "empty" ? "empty" : "broken";
    if (failed.every((check) => check.code in MILD || check.code === "recipient")) return "other-person";
    return failed.some((check) => ["genuine", "issuer", "hosted"].includes(check.step)) ? "forged" : "faulty";
  }
  if (failed.some((check) => check.code === "replaced")) return "replaced";
  if (checks[0].step === "readable" && checks[0].outcome === "unchecked") return "unread";
  if (answer === "unknown" && openOf(checks).every(({ step }) => BESIDE.includes(step))) return "partly";
  return answer === "valid" && isForeign ? "foreign" : answer;
}

// Moments as badges write them, and what they mean for now.

import { Fault } from "./fault.js";

const MOMENT = /^(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):\d\d(:\d\d([.,]\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

/** Whether a text is a moment with its zone (RFC 3339), on a day that there is; seconds may be left out. */
export function isMoment(text) {
  const found = typeof text === "string" && MOMENT.exec(text);
  if (!found || found[1] === "0000") return false;
  const [year, month, day] = found.slice(1, 4).map(Number);
  const there = new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day;
  return there && !Number.isNaN(new Date(text.replace(",", ".")).getTime());
}

/** The same with seconds, as Open Badges 3.0 wants it. */
export const isStrictMoment = (text) => isMoment(text) && /T..:..:..(\.|Z|[+-])/.test(text);

/** A moment; a Fault that names the member if the text is none. */
export function momentOf(text, name) {
  if (!isMoment(text)) throw new Fault("no-moment", { name }, { code: "dates" });
  return new Date(text.replace(",", "."));
}

/**
 * Whether `now` is within the dates of a badge; `from` and `until` have the text of a member, and its name. `ends` is
 * another moment at which it ends, if a token names one.
 */
export function checkDates(findings, now, from, until, ends = null) {
  try {
    const start = momentOf(from.text, from.name);
    const named = until.text === undefined ? null : momentOf(until.text, until.name);
    if (named && named < start) throw new Fault("dates-crossed", {}, { code: "dates" });
    const end = named && ends ? new Date(Math.min(named, ends)) : (named ?? ends);
    if (start > now) throw new Fault("early", { from: start }, { code: "early" });
    if (end && end < now) throw new Fault("expired", { until: end }, { code: "expired" });
    if (end) findings.passed("dates", "in-time", { from: start, until: end });
    else findings.passed("dates", "no-end", { from: start });
  } catch (error) {
    findings.fault("dates", error, "dates");
  }
}

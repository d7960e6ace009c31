// Moments as badges write them, and what they mean for now.

import { Fault } from "./fault.js";

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;

/** A moment with its zone (RFC 3339); a Fault that names the member if the text is none. */
export function momentOf(text, name) {
  const moment = typeof text === "string" && MOMENT.test(text) ? new Date(text) : new Date(NaN);
  if (Number.isNaN(moment.getTime())) throw new Fault("no-moment", { name }, { code: "dates" });
  return moment;
}

/** Whether `now` is within the dates of a badge; `from` and `until` have the text of a member, and its name. */
export function checkDates(findings, now, from, until) {
  try {
    const start = momentOf(from.text, from.name);
    const end = until.text === undefined ? null : momentOf(until.text, until.name);
    if (end && end < start) throw new Fault("dates-crossed", {}, { code: "dates" });
    if (start > now) throw new Fault("early", { from: start }, { code: "early" });
    if (end && end < now) throw new Fault("expired", { until: end }, { code: "expired" });
    if (end) findings.passed("dates", "in-time", { from: start, until: end });
    else findings.passed("dates", "no-end", { from: start });
  } catch (error) {
    findings.fault("dates", error, "dates");
  }
}

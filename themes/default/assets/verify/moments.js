// Moments as badges write them, and what they mean for now.

import { Fault } from "./fault.js";
import { listed } from "./strict_json.js";

const LATEST = 253402300799; // the last second of the year 9999
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

/** The moment of a claim of a token (NumericDate of RFC 7519, section 2); nothing if it says none. */
export function momentOfClaim(seconds) {
  return typeof seconds === "number" && seconds >= 0 && seconds <= LATEST ? new Date(seconds * 1000) : undefined;
}

/** The ends that a credential has besides its own: of its token, and of its proofs, as some contexts call them. */
export function endsAround(document, token) {
  const ends = listed(document.proof).flatMap((proof) => [proof?.expires, proof?.expiration]);
  const readable = ends.flatMap((text) => {
    try {
      return [momentOf(text, "expires")];
    } catch {
      return []; // none, or none that anybody can read
    }
  });
  return [...readable, ...listed(momentOfClaim(token?.claims.exp))];
}

/** The dates of a credential: its own, by their names in both versions of the data model, and those around it. */
export function checkTimes(findings, now, document, token) {
  try {
    const [starts, ends] = [
      ["validFrom", "issuanceDate"],
      ["validUntil", "expirationDate"],
    ].map((names) => names.filter((name) => name in document).map((name) => momentOf(document[name], name)));
    if (ends[0] < starts[0]) findings.fault("schema", new Fault("dates-crossed", {}, { code: "schema" }));
    checkDates(findings, now, starts, [...ends, ...endsAround(document, token)]);
  } catch (error) {
    findings.fault("dates", error, "dates");
  }
}

/** Whether `now` is within the dates of a badge: of all beginnings the latest counts, and of all ends the earliest. */
export function checkDates(findings, now, starts, ends) {
  const [start, end] = [Math.max(...starts), Math.min(...ends)]; // infinite where none is named
  const [from, until] = [new Date(start), new Date(end)];
  if (end < now) findings.fault("dates", new Fault("expired", { until }, { code: "expired" }));
  else if (start > now) findings.fault("dates", new Fault("early", { from }, { code: "early" }));
  else if (start === -Infinity) findings.passed("dates", "no-start");
  else if (end === Infinity) findings.passed("dates", "no-end", { from });
  else findings.passed("dates", "in-time", { from, until });
}

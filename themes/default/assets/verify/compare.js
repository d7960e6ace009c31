// Two documents, field by field: what a signature covers, and what was put before us.

import { isObject } from "./strict_json.js";

/** Paths such as `credentialSubject.achievement.name` at which two JSON values differ, in reading order. */
export function differences(one, other, path = "") {
  if (isObject(one) && isObject(other)) {
    const names = new Set([...Object.keys(one), ...Object.keys(other)]);
    return [...names].flatMap((name) => {
      const inner = path ? `${path}.${name}` : name;
      const both = Object.hasOwn(one, name) && Object.hasOwn(other, name);
      return both ? differences(one[name], other[name], inner) : [inner];
    });
  }
  if (Array.isArray(one) && Array.isArray(other) && one.length === other.length) {
    return one.flatMap((each, at) => differences(each, other[at], `${path}[${at}]`));
  }
  return Object.is(one, other) ? [] : [path];
}

/** An object without some of its members. */
export function without(object, names) {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

/** The first few paths, for a sentence. */
export const few = (paths) => paths.slice(0, 5).join(", ") + (paths.length > 5 ? ", …" : "");

// Members of an assertion that do not change who has earned what; `revoked` is never believed of a copy.
const OF_NO_WEIGHT = [
  ...["@context", "@language", "id", "type", "image", "related", "version", "endorsement", "uid"],
  ...["verification", "verify", "revoked", "revocationReason"],
];

/**
 * Members in which a copy of an assertion claims what the hosted one does not say, or leaves out when the award ends.
 * A copy that is merely older or shorter claims nothing.
 */
export function claimsBeyond(copy, hosted) {
  const names = Object.keys(copy).filter((name) => !OF_NO_WEIGHT.includes(name) && name !== "expires");
  const beyond = names.filter((name) => differences(plain(copy[name]), plain(hosted[name])).length > 0);
  const [ends, truly] = [copy.expires, hosted.expires].map((text) => new Date(text ?? NaN).getTime());
  const longer = !Number.isNaN(truly) && !(ends <= truly);
  return longer ? [...beyond, "expires"] : beyond;
}

// What a value says, however it is written: a link with its id, one value in a list, a moment in another zone.
function plain(value) {
  if (Array.isArray(value)) return value.length === 1 ? plain(value[0]) : value.map(plain);
  if (isObject(value)) {
    const names = Object.keys(value);
    if ("issuer" in value || names.every((name) => name === "id" || name === "type")) return value.id;
    const kept = Object.entries(value).filter(([name]) => name !== "type" || "identity" in value);
    return Object.fromEntries(kept.map(([name, inner]) => [name, plain(inner)]));
  }
  if (typeof value !== "string") return value;
  if (/^\d{4}-\d\d-\d\dT/.test(value)) return new Date(value).getTime();
  return /^(sha256|md5)\$/.test(value) ? value.toLowerCase() : value;
}

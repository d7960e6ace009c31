// Two documents, field by field: what a signature covers, and what was put before us.

import { momentOf } from "./moments.js";
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

// Members that do not change who has earned what; `revoked` is never believed of a copy. The picture of an assertion
// is the very file that it is baked into.
const OF_NO_WEIGHT = [
  ...["@context", "@language", "id", "type", "related", "version", "endorsement", "uid"],
  ...["verification", "verify", "revoked", "revocationReason", "revocationList", "publicKey"],
];

/**
 * Members in which a copy of an assertion claims what the hosted one does not say, or leaves out when the award ends;
 * and the same of a badge, and of an issuer in it, that stand in the copy whole, beside those that are served. A copy
 * that is merely older or shorter claims nothing.
 */
export function claimsBeyond(copy, hosted, badgeClass, issuer) {
  const beyond = beyondIn(copy, hosted, ["image", "expires", "badge"]);
  const [ends, truly] = [copy.expires, hosted.expires].map(timeOf);
  if (truly !== undefined && !(ends <= truly)) beyond.push("expires");
  if (copy.badge === undefined) return beyond;
  if (idOf(copy.badge) !== idOf(hosted.badge)) beyond.push("badge");
  const inside = first(copy.badge);
  if (!isObject(inside) || !isObject(badgeClass)) return beyond;
  beyond.push(...beyondIn(inside, badgeClass, ["issuer"]).map((name) => `badge.${name}`));
  if (inside.issuer === undefined) return beyond;
  if (idOf(inside.issuer) !== idOf(badgeClass.issuer)) beyond.push("badge.issuer");
  const within = first(inside.issuer);
  if (!isObject(within) || !isObject(issuer)) return beyond;
  return [...beyond, ...beyondIn(within, issuer, []).map((name) => `badge.issuer.${name}`)];
}

const beyondIn = (copy, hosted, apart) =>
  Object.keys(copy)
    .filter((name) => !OF_NO_WEIGHT.includes(name) && !apart.includes(name))
    .filter((name) => differences(plain(copy[name]), plain(hosted[name])).length > 0);

const first = (value) => (Array.isArray(value) && value.length === 1 ? value[0] : value);
const idOf = (value) => (isObject(first(value)) ? first(value).id : first(value));

function timeOf(text) {
  try {
    return momentOf(text, "").getTime();
  } catch {
    return undefined; // it is no moment
  }
}

// What a value says, however it is written: a link with its id, one value in a list, a moment in another zone.
function plain(value) {
  if (Array.isArray(value)) return value.length === 1 ? plain(value[0]) : value.map(plain);
  if (isObject(value)) {
    if ("id" in value && Object.keys(value).every((name) => name === "id" || name === "type")) return value.id;
    const kept = Object.entries(value).filter(([name]) => name !== "type" || "identity" in value);
    return Object.fromEntries(kept.map(([name, inner]) => [name, plain(inner)]));
  }
  if (typeof value !== "string") return value;
  return timeOf(value) ?? (/^(sha256|md5)\$/.test(value) ? value.toLowerCase() : value);
}

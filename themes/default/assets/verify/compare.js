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

// What a document must and may say, by tables: a class is its type and its members, and each member has a rule.
//
// A member's name is written with ! if it must be there, and with * if it may have several values. Its rule is a
// function of a value, the name of another class, or null where anything may stand.

import { isObject, listed } from "./strict_json.js";

const URI = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]+$/;
const HASH = /^(sha256\$[0-9a-f]{64}|md5\$[0-9a-f]{32})$/i;
const DEEPEST = 32;

export const text = (value) => typeof value === "string" && value !== "";
export const flag = (value) => typeof value === "boolean";
export const number = (value) => typeof value === "number" && Math.abs(value) <= Number.MAX_SAFE_INTEGER;
export const uri = (value) => text(value) && URI.test(value);
export const matching = (pattern) => (value) => text(value) && pattern.test(value);
export const among = (...words) => (value) => words.includes(value);
export const hash = (value) => text(value) && HASH.test(value);

/**
 * The path of everything in a node that is not as its class has it; `unknown` is whether it is only a word that the
 * class does not have. With `strict`, one value is no list, and every word has to be known.
 */
export function* faults(node, kind, classes, strict, path = "") {
  const { type, closed, members, also } = classes[kind];
  const at = (name) => (path ? `${path}.${name}` : name);
  if (path.split(".").length > DEEPEST) return yield { path };
  if (type && !(closed ? node.type === type : listed(node.type).includes(type))) yield { path: at("type") };
  const names = new Set(["id", "type"]);
  for (const [mark, rule] of Object.entries(members)) {
    const name = mark.replace(/[!*]/g, "");
    names.add(name);
    const values = valuesOf(node, name, mark.includes("*"), strict);
    if (mark.includes("!") && !values.length) yield { path: at(name) };
    if (values.length > 1 && !mark.includes("*")) yield { path: at(name) };
    for (const value of values) yield* ofValue(value, rule, classes, strict, at(name));
  }
  if (also && !also(node)) yield { path: path || "id" };
  for (const name of strict || closed ? Object.keys(node) : []) {
    const known = names.has(name) || (!closed && (classes.everywhere ?? []).includes(name));
    if (!known) yield { path: at(name), unknown: !closed };
  }
  return undefined;
}

function valuesOf(node, name, many, strict) {
  const value = node[name];
  if (value === undefined || (value === null && !strict) || (Array.isArray(value) && !value.length)) return [];
  return Array.isArray(value) && (many || !strict) ? value : [value];
}

function* ofValue(value, rule, classes, strict, path) {
  if (typeof rule === "function") {
    if (!rule(value)) yield { path };
  } else if (rule !== null && isObject(value)) {
    yield* faults(value, rule, classes, strict, path);
  } else if (rule !== null && !(classes[rule].alone && classes[rule].alone(value))) {
    yield { path };
  }
}

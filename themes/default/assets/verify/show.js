// A report on the page: built from nodes and text alone, so that nothing a badge says can become markup.

import { hostOf } from "./fault.js";

const SIGNS = { passed: "✓", failed: "✕", unchecked: "–" };
const LOOKS = { valid: "valid", foreign: "valid" };
for (const open of ["expired", "early", "unknown", "unread"]) LOOKS[open] = "expired";
const SUBJECT = ["title", "holder", "domain", "issuer", "awarded", "until", "page"];

// What a part of a document is about, by its path: the first that fits.
const FIELDS = [
  [/^(recipient|sub$|credentialSubject(\.(identifier|id|name|type)\b|$))/, "holder"],
  [/^(issuer|badge\.issuer|iss$)/, "issuer"],
  [/^(credentialSubject\.achievement|badge|name$|description$)/, "badge"],
  [/^(credentialSubject\.(result|creditsEarned)|extensions?:)/, "result"],
  [/^(validFrom|validUntil|issuanceDate|expirationDate|awardedDate|issuedOn|expires|nbf$|exp$)/, "dates"],
  [/^(credentialSubject\.narrative|narrative|evidence)/, "evidence"],
  [/^(credentialSubject\.)?image\b/, "picture"],
  [/^(id|jti)$/, "address"],
];

/** An element with attributes and children; a child may be text, and what is empty is left out. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(key, value);
  made.append(...children.filter((child) => child !== undefined && child !== null && child !== ""));
  return made;
}

/** Words in the page's language, from a JSON file of the site: a function from key and values to a sentence. */
export async function wordsAt(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`no words at ${address}`);
  const { language, messages } = await response.json();
  const locale = language === "en" ? "en-GB" : language; // day before month, as elsewhere on the site
  const written = (value) => {
    if (value?.say) return say(value.say, value.values);
    return value instanceof Date ? dayIn(locale, value) : String(value);
  };
  const say = (key, values = {}) =>
    (messages[key] ?? key).replace(/%\((\w+)\)s/g, (gap, name) => (name in values ? written(values[name]) : gap));
  return Object.assign(say, { locale });
}

export const dayIn = (locale, moment) =>
  new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" }).format(moment);

/** The answer in large letters, and what it means; `id` names the heading, which can take the focus. */
export function answerNode(say, report, id) {
  const { headline, subject } = report;
  const bare = headline === "nothing";
  const words = bare ? say(report.checks[0].say) : say(`head-${headline}`);
  const heading = element("h2", { id, tabindex: "-1" }, words);
  const about = bare ? "" : element("p", {}, say(`about-${headline}`, { domain: subject.domain }));
  const look = LOOKS[headline] ?? "revoked";
  const open = headline === "unknown" ? openNode(say, report) : "";
  return element("div", { class: `state ${look}`, "data-answer": report.answer }, heading, about, open);
}

function openNode(say, { checks }) {
  const names = checks.filter((check) => check.outcome === "unchecked").map((check) => say(`step-${check.step}`));
  return element("p", { class: "open" }, say("open", { steps: names.join("; ") }));
}

/** One step: its outcome in a word and a sign, and its sentence. */
export function outcomeNode(say, check) {
  const sign = element("span", { "aria-hidden": "true" }, `${SIGNS[check.outcome]} `);
  const word = element("strong", {}, sign, say(`outcome-${check.outcome}`));
  const facts = { class: `outcome ${check.outcome}`, "data-code": check.code || undefined };
  return element("p", facts, word, ": ", ...sentence(say, check));
}

// Parts of a document are named in words; where they stand in it comes second, and quieter.
function sentence(say, { say: key, values }) {
  if (typeof values.fields !== "string") return [say(key, values)];
  const paths = values.fields.split(", ").filter((path) => path !== "…");
  const parts = new Set(paths.map((path) => FIELDS.find(([pattern]) => pattern.test(path))?.[1] ?? "other"));
  const fields = [...parts].map((part) => say(`field-${part}`)).join(", ");
  return [say(key, { ...values, fields }), " ", element("span", { class: "quiet" }, `(${values.fields})`)];
}

/** What the badge says of itself. The domain stands before the name that the issuer gives itself. */
export function subjectNode(say, { subject }) {
  const rows = SUBJECT.filter((name) => typeof subject[name] === "string" && subject[name]).map((name) =>
    element("div", {}, element("dt", {}, say(`subject-${name}`)), element("dd", {}, inWords(say, name, subject[name]))),
  );
  return rows.length ? element("dl", { class: "rows" }, ...rows) : "";
}

function inWords(say, name, text) {
  if (name === "page") return element("a", { href: text, rel: "noopener noreferrer" }, text);
  const moment = name === "awarded" || name === "until" ? new Date(text) : null;
  return moment && !Number.isNaN(moment.getTime()) ? dayIn(say.locale, moment) : text;
}

/** All steps of a report, in order. */
export function stepsNode(say, { checks }) {
  const steps = checks.map((check) => {
    const heading = element("h3", {}, say(`step-${check.step}`));
    return element("li", { "data-step": check.step }, heading, outcomeNode(say, check));
  });
  return element("ol", { class: "steps" }, ...steps);
}

/** Every file that was read: its host, its address, when, and how large it is. */
export function filesNode(say, { files }) {
  if (!files.length) return element("p", { class: "quiet" }, say("files-none"));
  const time = new Intl.DateTimeFormat(say.locale, { timeStyle: "medium" });
  const number = new Intl.NumberFormat(say.locale);
  const rows = files.map(({ place, moment, size }) => {
    const link = element("a", { href: place, rel: "noopener noreferrer" }, new URL(place).pathname);
    const file = element("th", { scope: "row" }, hostOf(place), element("br"), link);
    const [when, large] = [time.format(moment), say("bytes", { size: number.format(size) })];
    return element("tr", {}, file, element("td", {}, when), element("td", {}, large));
  });
  const names = ["file", "time", "size"].map((name) => element("th", { scope: "col" }, say(`files-${name}`)));
  const table = element("table", {}, element("thead", {}, element("tr", {}, ...names)), element("tbody", {}, ...rows));
  const summary = element("summary", {}, say("files-read", { count: files.length }));
  return element("details", { class: "files" }, summary, table);
}

/** The command that checks what a browser cannot, if anything was left unchecked. */
export function commandNode(say, { checks }) {
  if (!checks.some((check) => check.outcome === "unchecked")) return "";
  return element("p", { class: "command" }, `${say("command")} `, element("code", {}, "badgesite verify FILE"));
}

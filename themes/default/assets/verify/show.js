// A report on the page: built from nodes and text alone, so that nothing a badge says can become markup.

import { hostOf } from "./fault.js";
import { openOf } from "./report.js";
import { dayIn, element } from "./words.js";

const SIGNS = { passed: "✓", failed: "✕", unchecked: "–" };
const LOOKS = { valid: "valid", foreign: "valid" };
for (const open of ["nothing", "expired", "early", "unknown", "partly", "unread"]) LOOKS[open] = "expired";
const STRANGE = "issuer-other-domain"; // the key is published, and nothing shows that the institution did it
const UNDECIDED = ["unknown", "partly"];
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

/**
 * The answer in large letters, and what it means; `id` names the heading, which can take the focus. Where it is not
 * known, the steps that were not made stand there too, with the command that makes them. `first` comes first below it,
 * and `isAlone` says that it says all. Whose a genuine badge is stands there if that was asked.
 */
export function answerNode(say, report, id, { first = "", isAlone = false } = {}) {
  const { headline, subject } = report;
  const bare = headline === "nothing";
  const words = bare ? say(report.checks[0].say) : say(`head-${headline}`);
  const heading = element("h2", { id, tabindex: "-1" }, words);
  const about = bare || isAlone ? "" : element("p", {}, say(`about-${headline}`, { domain: subject.domain }));
  const look = LOOKS[headline] ?? "revoked";
  const open = UNDECIDED.includes(headline) ? [openNode(say, report), orderNode(say)] : [];
  const below = [first, about, ownerNode(say, report), ...open];
  return element("div", { class: `state ${look}`, "data-answer": report.answer }, heading, ...below);
}

function ownerNode(say, report) {
  const owner = report.checks.find(({ step, outcome }) => step === "recipient" && outcome === "passed");
  return owner && isGenuine(report) ? element("p", { class: "whose" }, say("whose", owner.values)) : "";
}

function openNode(say, { headline, checks }) {
  const open = headline === "partly" ? openOf(checks) : checks.filter((check) => check.outcome === "unchecked");
  const names = open.map((check) => say(`step-${check.step}`));
  return element("p", { class: "open" }, say("open", { steps: names.join("; ") }));
}

/** One step: its outcome in a word and a sign, and its sentence. What passed and is no comfort looks like none. */
export function outcomeNode(say, check) {
  const isStrange = check.say === STRANGE;
  const sign = element("span", { "aria-hidden": "true" }, `${isStrange ? "!" : SIGNS[check.outcome]} `);
  const word = element("strong", {}, sign, say(`outcome-${check.outcome}`));
  const look = `outcome ${check.outcome}${isStrange ? " strange" : ""}`;
  const facts = { class: look, "data-code": check.code || undefined };
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

/**
 * What a badge or both its records say of it; of one that is not known to be genuine, no more than that it says so. The
 * domain stands before the name that the issuer gives itself.
 */
export function subjectNode(say, ...reports) {
  const rows = SUBJECT.map((name) => [name, valuesOf(say, name, reports)]).filter(([, values]) => values.length);
  const made = rows.map(([name, values]) => {
    const said = values.flatMap((value, at) => (at ? [" · ", value] : [value]));
    return element("div", {}, element("dt", {}, say(`subject-${name}`)), element("dd", {}, ...said));
  });
  if (!made.length) return "";
  const list = element("dl", { class: "rows" }, ...made);
  if (reports.every(isGenuine)) return list;
  return element("div", { class: "claimed" }, element("p", {}, say("claimed")), list);
}

const isGenuine = ({ checks }) => checks.some(({ step, outcome }) => step === "genuine" && outcome === "passed");

// What one report or two say: what looks the same once.
function valuesOf(say, name, reports) {
  const told = reports.map(({ subject }) => subject[name]).filter((text) => typeof text === "string" && text);
  const values = told.map((text) => inWords(say, name, text));
  const looks = values.map((value) => value.textContent ?? value);
  return values.filter((_, at) => looks.indexOf(looks[at]) === at);
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

/** The command that checks what a browser cannot, if anything was left unchecked and the answer does not say so. */
export function commandNode(say, { checks, headline }) {
  if (UNDECIDED.includes(headline) || !checks.some((check) => check.outcome === "unchecked")) return "";
  return orderNode(say);
}

const orderNode = (say) =>
  element("p", { class: "command" }, `${say("command")} `, element("code", {}, "badgesite verify FILE"));

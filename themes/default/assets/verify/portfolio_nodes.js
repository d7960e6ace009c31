// What the portfolio page shows, built from nodes and text alone: a card for each award, and a row of the form.

import { element } from "./words.js";

const LOOKS = { valid: "valid", erased: "revoked", revoked: "revoked" };

/** A card for an award. `words` has `say`, for the page's own words, and `dayOf`, for days. */
export function cardNode(words, award, id, address) {
  const title = titleOf(words, award);
  const { source, alt, lang } = award.picture ?? {};
  const link = element("a", { href: address }, title.text);
  const facts = (award.facts ?? []).map((fact) => factNode(words, fact));
  return element(
    "li",
    { class: "card", "data-id": id, "data-state": award.state },
    source ? element("img", { src: source, alt, lang }) : "",
    element(
      "div",
      {},
      element("h2", { lang: title.lang }, link),
      facts.length ? element("dl", { class: "facts" }, ...facts) : "",
      element("p", { class: "address" }, address),
    ),
    stateNode(words, award),
  );
}

/** A row of the form: the title of an award, and what can be done with its place. */
export function orderNode(words, award, id, at, count) {
  const title = titleOf(words, award);
  const more = [award.name, award.day].filter(Boolean).map((each) => ` · ${each}`);
  const button = (step, off) => {
    const made = element("button", { type: "button", "data-id": id, "data-step": step }, words.say(step));
    made.setAttribute("aria-label", `${words.say(step)}: ${title.text}`);
    made.disabled = Boolean(off);
    return made;
  };
  return element(
    "li",
    {},
    element("span", {}, element("span", { class: "title", lang: title.lang }, title.text), ...more),
    element("span", { class: "moves" }, button("up", at === 0), button("down", at === count - 1), button("remove")),
  );
}

function titleOf({ say }, award) {
  return award.title?.text ? award.title : { text: say(award.state === "unread" ? "unread" : "unknown") };
}

function factNode({ say }, { label, parts, isUnnamed }) {
  const value = isUnnamed ? [say("unnamed")] : parts.map(spanOf);
  return element(
    "div",
    {},
    element("dt", { lang: label.lang }, label.text),
    element("dd", {}, ...parted(value, " · ")),
  );
}

const spanOf = ({ text, lang }) => element("span", { lang }, text);
const parted = (nodes, mark) => nodes.flatMap((node, at) => (at ? [mark, node] : [node]));

function stateNode(words, award) {
  const parts = award.words?.map(spanOf) ?? sentences(words, award);
  const look = LOOKS[award.state] ?? "expired";
  return element("p", { class: `state ${look}` }, element("span", {}, ...parted(parts, " ")));
}

// The state in words of this page, with the day it is of.
function sentences({ say, dayOf }, { state, asOf, last }) {
  if (state === "unknown" || state === "unread") return [say(`about-${state}`)];
  const days = { day: dayOf(asOf), last: last && dayOf(last) };
  if (state === "expired") return [say("expired", days), element("span", { class: "quiet" }, say("as-of", days))];
  return [say(last ? "until" : "endless", days)];
}

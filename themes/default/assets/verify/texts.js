// Texts that a holder pastes elsewhere, made of what the page says; each with a button that copies it.

import { element } from "./words.js";

const LINKEDIN = ["name", "organizationName", "issued", "expires", "certId", "certUrl"];

/** Copy the text of a node, or `html` that looks like it; where a browser lets no page copy, select it instead. */
export async function copy(say, button, node, html) {
  const text = node.textContent;
  try {
    await (html ? navigator.clipboard.write([bothOf(text, html)]) : navigator.clipboard.writeText(text));
  } catch {
    getSelection().selectAllChildren(node);
    return;
  }
  const words = button.textContent;
  const copied = `✓ ${say("copy-done")}`;
  if (words === copied) return;
  button.textContent = copied;
  setTimeout(() => (button.textContent = words), 2000);
}

function bothOf(text, html) {
  const kinds = { "text/plain": text, "text/html": html };
  const parts = Object.entries(kinds).map(([type, content]) => [type, new Blob([content], { type })]);
  return new ClipboardItem(Object.fromEntries(parts));
}

/** All texts, for the award whose permanent address is `link`. */
export function textsNode(say, link) {
  const fields = linkedinFields();
  const rows = LINKEDIN.filter((name) => fields[name]).map((name) => row(say, say(`linkedin-${name}`), fields[name]));
  const facts = factsOf();
  const held = heldUntil(say);
  const by = [facts.issuer, ...held].join(", ");
  const picture = pictureTag(facts, link);
  const signature = `${picture}<br><a href="${escaped(link)}">${escaped(facts.title)}</a>, ${escaped(by)}`;
  return element(
    "div",
    {},
    element("p", {}, say("linkedin")),
    element("dl", { class: "rows" }, ...rows),
    element(
      "dl",
      { class: "rows" },
      row(say, say("text-cv"), `${[facts.title, facts.issuer, ...facts.told, ...held].join(", ")}. ${link}`),
      row(say, say("text-europass"), [`${facts.kind}: ${facts.title}`, ...facts.all, ...held, link].join(" · ")),
      row(say, say("text-signature"), `${facts.title}, ${by} ${link}`, signature),
      row(say, say("text-embed"), [picture, ...held.map(escaped)].join("<br>")),
    ),
  );
}

function row(say, label, text, html) {
  const code = element("code", {}, text);
  const button = element("button", { type: "button", "aria-label": `${say("copy")}: ${label}` }, say("copy"));
  button.addEventListener("click", () => copy(say, button, code, html));
  return element("div", {}, element("dt", {}, label), element("dd", {}, code, " ", button));
}

// The fields as the link to LinkedIn names them, so that they are the same.
function linkedinFields() {
  const query = new URL(document.querySelector('#yours a[href*="startTask="]').href).searchParams;
  const month = (name) => (query.has(`${name}Year`) ? `${query.get(`${name}Month`)}/${query.get(`${name}Year`)}` : "");
  return { ...Object.fromEntries(query), issued: month("issue"), expires: month("expiration") };
}

function factsOf() {
  const text = (found) => document.querySelector(found).textContent;
  const pair = (row) => [...row.children].map(wordsOf).join(": ");
  const said = (rows) => [...document.querySelectorAll(rows)].map(pair);
  const told = said(".key div:not(.whole)");
  return {
    title: text("h1"),
    issuer: text(".by dd a"),
    kind: document.querySelector(".kind").firstChild.textContent.trim(),
    told,
    all: [`${text(".by dt")}: ${text(".by dd a")}`, ...told, ...said("#elements .rows div")],
  };
}

// Until when the award holds, or held: what is pasted elsewhere stays there when that day has passed. None has no end.
function heldUntil(say) {
  const state = document.querySelector(".sheet > .state");
  const last = state.querySelector("time:not(.today)")?.textContent;
  if (!last) return [];
  return [say(state.classList.contains("expired") ? "text-expired" : "text-until", { last })];
}

const wordsOf = (node) => node.textContent;

// The picture, at the site's own address also where this page is a copy, with a link around it and no script.
function pictureTag({ title, issuer }, link) {
  const source = new URL(document.querySelector(".plate img").getAttribute("src"), link).href;
  const picture = `<img src="${escaped(source)}" alt="${escaped(`${title}, ${issuer}`)}" width="160" height="160">`;
  return `<a href="${escaped(link)}">${picture}</a>`;
}

const escaped = (text) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

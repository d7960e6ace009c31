// The portfolio page: the awards that stand after # in its address, side by side. Nothing is stored or sent; whatever
// comes from the address or from another page becomes text, never markup.

import { awardAt } from "./portfolio_award.js";
import { cardNode, orderNode } from "./portfolio_nodes.js";
import { dayIn } from "./words.js";

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/; // UUID of version 4 (RFC 9562)
const IDS = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g;

const desk = document.getElementById("portfolio");
const [progress, notes, gathered, making] = [".progress", ".notes", ".gathered", ".making"].map((part) =>
  desk.querySelector(part),
);
const [kind, heading, lead] = document.querySelector(".opening").children;
const untitled = heading.textContent;
const [form, order, made, done] = ["form", ".order", ".made", ".done"].map((part) => making.querySelector(part));
const { links, link } = form.elements;
const fault = document.getElementById("links-fault");
const language = desk.closest("[lang]").lang;
const locale = language === "en" ? "en-GB" : language; // day before month, as elsewhere on the site
const templates = document.getElementById("words").content.querySelectorAll("[data-key]");
const words = Object.fromEntries([...templates].map((node) => [node.dataset.key, node.textContent]));
const most = Number(desk.dataset.most);
const read = new Map(); // an award is read once, however often the order changes

let ids = [];
let turn = 0; // which address this is

const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (gap, name) => String(values[name] ?? gap));
const dayOf = (iso) => dayIn(locale, new Date(iso));
const addressOf = (id) => new URL(desk.dataset.award.replace("ID", id), location.href).href;
const fragmentOf = (list) => `#${list.join(",")}`;

/** The ids in the fragment of an address, each once and in order, and how many parts of it are none. */
function parsed(fragment) {
  let text = fragment.replace(/^#/, "");
  try {
    text = decodeURIComponent(text);
  } catch {
    // what is not well encoded is no id either
  }
  const parts = text.toLowerCase().split(",").map((part) => part.trim()).filter(Boolean);
  const known = parts.filter((part) => ID.test(part));
  return { ids: [...new Set(known)], junk: parts.length - known.length };
}

async function draw() {
  const asked = ++turn;
  const found = parsed(location.hash);
  ids = found.ids.slice(0, most);
  progress.textContent = ids.length ? say("reading") : "";
  const awards = await Promise.all(ids.map(reading));
  if (asked !== turn) return; // the address has changed meanwhile
  const own = { say, dayOf };
  gathered.replaceChildren(...awards.map((award, at) => cardNode(own, award, ids[at], addressOf(ids[at]))));
  entitle(holderOf(awards));
  notes.replaceChildren(...notesOn(awards, found).map(noteNode));
  order.replaceChildren(...awards.map((award, at) => orderNode(own, award, ids[at], at, ids.length)));
  made.hidden = !ids.length;
  link.value = desk.dataset.page + fragmentOf(ids);
  progress.textContent = ids.length ? say("count", { count: ids.length }) : "";
}

function reading(id) {
  if (!read.has(id)) read.set(id, awardAt(addressOf(id), new Date()));
  return read.get(id);
}

// Whom all these awards name, if they name one person.
function holderOf(awards) {
  const names = new Set(awards.filter((award) => award.facts).map((award) => award.name));
  return names.size === 1 ? [...names][0] : undefined;
}

function entitle(holder) {
  heading.textContent = holder ?? untitled;
  kind.hidden = !holder;
  lead.hidden = Boolean(holder);
}

function notesOn(awards, { ids: all, junk }) {
  const found = [];
  const names = [...new Set(awards.map((award) => award.name).filter(Boolean))];
  const nameless = awards.filter((award) => award.facts && !award.name).length;
  if (names.length > 1) found.push(say("people", { names: new Intl.ListFormat([locale, "en-GB"]).format(names) }));
  if (nameless && names.length) found.push(say("nameless"));
  if (nameless > 1 && !names.length) found.push(say("all-nameless"));
  if (all.length > most) found.push(say("too-many", { count: all.length - most }));
  if (junk) found.push(say("junk", { count: junk }));
  return found;
}

function noteNode(text) {
  const node = document.createElement("p");
  node.className = "notice";
  node.textContent = text;
  return node;
}

/** Show other awards: the address says which, and no step back in the browser's history is added. */
async function show(list) {
  history.replaceState(null, "", list.length ? fragmentOf(list) : location.pathname);
  done.textContent = "";
  await draw();
}

// The ids in a line that was pasted: a bare id, or an address of this site; null if it is neither.
function idsIn(line) {
  const text = line.trim().toLowerCase();
  if (ID.test(text)) return [text];
  const bare = text.replace(/^https?:\/\//, "");
  const homes = [...desk.dataset.bases.split(" "), new URL(desk.dataset.root, location.href).href];
  const isOurs = homes.some((home) => bare.startsWith(home.toLowerCase().replace(/^https?:\/\//, "")));
  const found = isOurs ? (text.match(IDS) ?? []).filter((each) => ID.test(each)) : [];
  return found.length ? found : null;
}

async function add() {
  const lines = links.value.split(/[\n\r,]/).filter((line) => line.trim());
  const wrong = lines.filter((line) => !idsIn(line));
  const all = [...new Set([...ids, ...lines.flatMap((line) => idsIn(line) ?? [])])];
  const problem = !lines.length ? say("empty") : wrong.length ? say("not-ours", { count: wrong.length }) : "";
  const spare = all.length > most ? say("too-many", { count: all.length - most }) : "";
  complain([problem, spare].filter(Boolean).join(". "));
  links.value = wrong.join("\n");
  await show(all.slice(0, most));
  links.focus();
}

function complain(text) {
  fault.textContent = text;
  fault.hidden = !text;
  links.setAttribute("aria-invalid", String(Boolean(text)));
  if (text) links.setAttribute("aria-errormessage", fault.id);
}

async function change(button) {
  const { id, step } = button.dataset;
  const [at, title] = [ids.indexOf(id), button.closest("li").querySelector(".title").textContent];
  const others = ids.filter((each) => each !== id);
  if (step === "remove") {
    await show(others);
    done.textContent = say("removed", { title });
    (order.children[Math.min(at, ids.length - 1)]?.querySelector("[data-step=remove]") ?? links).focus();
    return;
  }
  const goal = step === "up" ? at - 1 : at + 1;
  await show(others.toSpliced(goal, 0, id));
  done.textContent = say("placed", { title, number: goal + 1, count: ids.length });
  const buttons = [...order.children[goal].querySelectorAll("button:not(:disabled)")];
  (buttons.find((each) => each.dataset.step === step) ?? buttons[0]).focus();
}

async function copy() {
  link.select();
  try {
    await navigator.clipboard.writeText(link.value);
    done.textContent = say("copied");
  } catch {
    done.textContent = say("not-copied");
  }
}

function start() {
  document.getElementById("without").hidden = true;
  desk.hidden = form.hidden = false;
  making.open = !parsed(location.hash).ids.length;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    add();
  });
  order.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) change(button);
  });
  form.querySelector(".copy").addEventListener("click", copy);
  addEventListener("hashchange", draw);
  draw();
}

start();

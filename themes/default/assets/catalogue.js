// Searching the catalogue: the cards that stand on the page are shown or hidden. Nothing is asked for, nothing is sent:
// what is searched stands in the fragment of the address (#q=english&unit=cla), which no browser sends to a host.

const desk = document.querySelector(".desk");
const form = desk.querySelector(".search");
const field = form.querySelector("input");
const status = desk.querySelector("[role=status]");
const chosen = desk.querySelector(".chosen");
const clear = desk.querySelector(".clear");
const none = document.querySelector(".none");
const links = [...desk.querySelectorAll("[data-value]")].map((link) => ({
  link,
  facet: link.closest("[data-facet]").dataset.facet,
  value: link.dataset.value,
  name: link.textContent,
  page: link.getAttribute("href"),
  number: link.parentElement.querySelector(".count"),
  total: link.parentElement.querySelector(".count").textContent,
}));
const keys = [...new Set([...desk.querySelectorAll("[data-facet]")].map((each) => each.dataset.facet))];
const [fixedKey, fixedValue] = desk.dataset.fixed.split("=");
const onHome = !fixedKey;
const cards = [...document.querySelectorAll(".card")].map((element) => ({
  element,
  words: ` ${folded(`${element.textContent} ${element.dataset.sought ?? ""}`)}`,
  values: Object.fromEntries(Object.entries(element.dataset).map(([key, values]) => [key, values.split(" ")])),
}));
const shelves = [...new Set(cards.map(({ element }) => element.closest("section")))];

/** Words without case and accents, parted by single spaces. */
function folded(text) {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toUpperCase().toLowerCase();
  const letters = { ø: "o", ł: "l", đ: "d", æ: "ae", œ: "oe", ı: "i" };
  return plain.replace(/[øłđæœı]/g, (letter) => letters[letter]).replace(/[^\p{L}\p{N}+#]+/gu, " ").trim();
}

/** What is looked for: words, and by facet a set of values; as the address says. */
function read() {
  const said = new URLSearchParams(location.hash.slice(1));
  const wanted = new Map();
  for (const [key, value] of said) {
    if (key !== "q" && cards.some((card) => Object.hasOwn(card.values, key))) {
      wanted.set(key, (wanted.get(key) ?? new Set()).add(value));
    }
  }
  return { words: said.get("q") ?? "", wanted };
}

/** The fragment that says so; empty if nothing is looked for. */
function written({ words, wanted }) {
  const said = new URLSearchParams();
  if (words.trim()) said.set("q", words.trim());
  for (const [key, values] of wanted) for (const value of values) said.append(key, value);
  return `${said}` && `#${said}`;
}

/** The same with one value put in, or taken out if it is there. */
function turned({ words, wanted }, facet, value) {
  const values = new Set(wanted.get(facet));
  if (!values.delete(value)) values.add(value);
  const after = new Map(wanted).set(facet, values);
  if (!values.size) after.delete(facet);
  return { words, wanted: after };
}

/** Whether a card has every word: short ones and numbers at the beginning of one of its own, others anywhere in it. */
function says(card, words) {
  return words.every((word) => card.words.includes(word.length < 3 || /^\d/.test(word) ? ` ${word}` : word));
}

/** Whether a card has one of the values in every facet but one. */
function fits(card, wanted, but) {
  return [...wanted].every(([key, values]) => key === but || (card.values[key] ?? []).some((each) => values.has(each)));
}

function show(state) {
  const words = folded(state.words).split(" ").filter(Boolean);
  const saying = cards.filter((card) => says(card, words));
  const found = new Set(saying.filter((card) => fits(card, state.wanted)));
  for (const card of cards) card.element.hidden = !found.has(card);
  for (const shelf of shelves) shelf.hidden = !shelf.querySelector(".card:not([hidden])");
  const active = words.length > 0 || state.wanted.size > 0;
  status.textContent = active ? desk.dataset.found.replace("{}", found.size) : "";
  none.hidden = found.size > 0;
  clear.hidden = !active;
  for (const each of links) offer(each, state, saying, active);
  list(state);
  for (const language of document.querySelectorAll(".languages a")) language.hash = written(state);
}

/** A value as it can be chosen now: how many badges there would be, and where that is. */
function offer(each, state, saying, active) {
  const { link, facet, value } = each;
  if (facet === fixedKey) {
    if (value === fixedValue) link.setAttribute("aria-current", "page");
    return; // the others lead to their own pages, which are about other badges
  }
  const isChosen = state.wanted.get(facet)?.has(value) ?? false;
  const others = saying.filter((card) => fits(card, state.wanted, facet) && card.values[facet]?.includes(value));
  each.number.textContent = active || !onHome ? others.length : each.total;
  link.parentElement.classList.toggle("empty", others.length === 0);
  isChosen ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current");
  const whole = onHome ? state : turned(state, fixedKey, fixedValue);
  const after = written(turned(whole, facet, value));
  // With nothing chosen yet, a value leads to its own page, for whoever opens it in another window or copies the link.
  link.setAttribute("href", onHome && !active ? each.page : onHome ? after || "#" : `${desk.dataset.home}${after}`);
}

/** What is chosen, each to be taken away again. */
function list(state) {
  const items = [...state.wanted].flatMap(([facet, values]) => [...values].map((value) => {
    const known = links.find((each) => each.facet === facet && each.value === value);
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.textContent = known?.name ?? value.replaceAll("-", " ");
    link.lang = known?.link.lang ?? "";
    link.href = written(turned(state, facet, value)) || "#";
    link.setAttribute("aria-label", desk.dataset.remove.replace("{}", link.textContent));
    item.append(link);
    return item;
  }));
  chosen.replaceChildren(...items);
}

function go(fragment) {
  history.pushState(null, "", fragment || location.pathname + location.search);
  arrive();
}

function arrive() {
  const state = read();
  field.value = state.words;
  show(state);
}

function close(details) {
  details.open = false;
  details.querySelector("summary").focus();
}

field.addEventListener("input", () => {
  const state = { ...read(), words: field.value };
  history.replaceState(null, "", written(state) || location.pathname + location.search);
  show(state);
});
form.addEventListener("submit", (event) => event.preventDefault());
clear.addEventListener("click", () => {
  go("");
  field.focus();
});
desk.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  const plain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (!link || !plain) return;
  const value = links.find((each) => each.link === link);
  if (value && onHome) {
    event.preventDefault();
    go(written(turned(read(), value.facet, value.value)));
    close(link.closest("details"));
  } else if (!value && chosen.contains(link)) {
    event.preventDefault();
    go(link.hash);
    (chosen.querySelector("a") ?? field).focus();
  }
});
document.addEventListener("click", (event) => {
  const open = desk.querySelector("details[open]");
  if (open && !open.contains(event.target)) open.open = false;
});
desk.addEventListener("keydown", (event) => {
  const open = desk.querySelector("details[open]");
  if (event.key === "Escape" && open?.contains(event.target)) close(open);
});
addEventListener("popstate", () => {
  // A fragment that is the name of a place (#main) leads there, and changes nothing of what is shown.
  if (!location.hash || location.hash.includes("=")) arrive();
});

form.hidden = false;
if (location.hash.includes("=") || !onHome) arrive();

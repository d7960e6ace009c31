// What an award's page offers beyond its words: to check it, to compare an address, to copy, share and print.

import { element, wordsAt } from "./words.js";

const STEPS = ["genuine", "issuer", "hosted", "dates", "revocation"];

/**
 * Put up every button and field, each where its section is; nothing is done until somebody uses it. `words` is the
 * address of the file that `say` was read from.
 */
export function offer(say, words) {
  const rehearsal = document.querySelector(".rehearsal");
  if (!rehearsal) offerCheck(say, words);
  offerMatch(say);
  const take = document.querySelector("#yours .take");
  if (!take) return;
  const printing = button(say("print"), () => print());
  take.firstElementChild.after(...(rehearsal ? [] : sharingButtons(say)), printing);
  if (!rehearsal) offerTexts(say);
}

function button(words, press) {
  const made = element("button", { type: "button" }, words);
  made.addEventListener("click", press);
  return made;
}

function offerCheck(say, words) {
  const rows = document.querySelector("#genuine .checks");
  [...rows.children].forEach((row, at) => row.setAttribute("data-step", STEPS[at]));
  const progress = element("p", { class: "progress", role: "status" });
  const result = element("div", { class: "result" });
  const press = async () => {
    const { checkAward } = await import("./award_check.js");
    await checkAward(await wordsAt(new URL(say("words"), words)), progress, result);
  };
  rows.before(element("div", { class: "checking" }, button(say("check"), press), progress, result));
}

function offerMatch(say) {
  const field = element("input", { type: "email", id: "email", autocomplete: "off", spellcheck: "false" });
  const answer = element("p", { role: "status" });
  const label = element("label", { for: "email" }, say("address"));
  const press = element("button", {}, say("compare"));
  const form = element("form", { class: "match", novalidate: "" }, label, field, press, answer);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { compare } = await import("./match.js");
    await compare(say, field, answer);
  });
  document.querySelector("#holder details")?.before(form); // a theme may have templates of its own
}

function sharingButtons(say) {
  const shown = document.querySelector("#yours .permanent");
  const copying = button(say("link"), async () => {
    const { copy } = await import("./texts.js");
    await copy(say, copying, shown);
  });
  const title = document.querySelector("h1").textContent;
  const share = () => navigator.share({ title, url: shown.textContent }).catch(() => {}); // who closes it has decided
  return navigator.share ? [copying, button(say("share"), share)] : [copying];
}

function offerTexts(say) {
  const link = document.querySelector("#yours .permanent").textContent;
  const texts = element("details", { class: "texts" }, element("summary", {}, say("texts")));
  texts.addEventListener("toggle", async () => {
    if (texts.children.length > 1) return;
    const { textsNode } = await import("./texts.js");
    if (texts.children.length === 1) texts.append(textsNode(say, link));
  });
  document.querySelector("#yours .networks")?.after(texts, portfolioNode(say, link));
}

// The page that shows several awards is beside the one that verifies, which every award's page leads to.
function portfolioNode(say, link) {
  const id = link.split("/").at(-2);
  const { href } = document.querySelector('a[href$="verify/"]') ?? {};
  if (!href) return "";
  return element("p", {}, element("a", { href: new URL(`../portfolio/#${id}`, href).href }, say("portfolio")));
}

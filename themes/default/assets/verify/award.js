// The page of an award: brings its state to today, then puts up what needs a script. No badge is read unless asked for.

import { offer } from "./offers.js";
import { dayIn, element, wordsAt } from "./words.js";

const page = document.querySelector("[data-words]");
if (page) {
  const words = new URL(page.dataset.words, location.href);
  const say = await wordsAt(words);
  const state = document.querySelector(".sheet > .state:not(.revoked)");
  if (state) bringToToday(state, say);
  offer(say, words);
}

// Days begin and end in UTC, as everywhere in badges. A clock that is behind the page does not take it back.
function bringToToday(state, say) {
  const day = state.querySelector("time.today");
  const last = state.querySelector("time:not(.today)");
  const now = new Date().toISOString().slice(0, 10);
  if (now > day.dateTime) day.dateTime = now;
  const locale = day.lang === "en" ? "en-GB" : day.lang || say.locale; // that of the sentence, where it is another
  day.textContent = dayIn(locale, new Date(day.dateTime));
  if (!state.classList.contains("valid") || !last || last.dateTime >= day.dateTime) return;
  state.classList.replace("valid", "expired");
  const asOf = element("span", { class: "quiet" }, ...filled(say("as-of"), { day }));
  state.querySelector("p").replaceChildren(...filled(say("expired"), { last }), " ", asOf);
  document.querySelector("#genuine .checks > :nth-child(4) dt")?.replaceChildren(say("past"));
  document.querySelector("#yours:has(.networks) .take")?.before(element("p", {}, say("yours-expired")));
}

// A sentence whose gaps are filled with nodes.
function filled(sentence, nodes) {
  return sentence.split(/%\((\w+)\)s/).map((part, at) => (at % 2 ? nodes[part] : part));
}

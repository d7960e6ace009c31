// The verify page: takes a file, a text or an address, and answers for every badge in it. Until then it reads nothing,
// and what checks is not loaded.

import { refusesAddress } from "./address_field.js";
import { wordsAt } from "./words.js";

const desk = document.getElementById("desk");
const [form, progress, answers] = ["form", ".progress", ".answers"].map((name) => desk.querySelector(name));
const { file, text, email } = form.elements;
let turn = 0; // which press of the button this is

async function start() {
  const say = await wordsAt(desk.dataset.words);
  if (!globalThis.crypto?.subtle) {
    form.remove(); // its room is kept for it
    progress.textContent = say("no-crypto");
    return;
  }
  document.getElementById("without").hidden = true;
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run(say);
  });
  file.addEventListener("change", () => (text.value = ""));
  text.addEventListener("input", () => (file.value = ""));
  takeDrops(say);
}

// Dropping and pasting are comforts: all that they do, the fields of the form do too.
function takeDrops(say) {
  const take = (event, data) => {
    if (!data?.files.length) return;
    event.preventDefault();
    file.files = data.files;
    text.value = "";
    run(say);
  };
  for (const name of ["dragover", "dragleave", "drop"]) {
    desk.addEventListener(name, (event) => {
      if (name !== "dragleave" && event.dataTransfer?.types.includes("Files")) event.preventDefault();
      desk.classList.toggle("over", name === "dragover");
    });
  }
  desk.addEventListener("drop", (event) => take(event, event.dataTransfer));
  document.addEventListener("paste", (event) => take(event, event.clipboardData));
}

async function run(say) {
  if (refusesAddress(say, email)) return;
  form.setAttribute("aria-busy", "true");
  progress.textContent = say("reading");
  const asked = ++turn;
  const checking = await import("./answering.js").catch(() => null);
  if (!checking) return stop(say("not-loaded"));
  const { count, nodes } = await checking.answersTo(say, form.elements, desk.dataset);
  if (asked !== turn) return; // something else was asked meanwhile
  answers.replaceChildren(...nodes);
  progress.textContent = count > 1 ? say("answers", { count }) : "";
  form.removeAttribute("aria-busy");
  const answer = document.getElementById("answer-1");
  answer.focus({ preventScroll: true });
  answer.scrollIntoView({ block: "start" }); // the answer at the top, not a form that has had its say
}

function stop(words) {
  progress.textContent = words;
  form.removeAttribute("aria-busy");
}

start();

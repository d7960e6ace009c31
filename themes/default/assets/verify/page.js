// The verify page: takes a file, a text or an address, and answers for every badge in it. Until then it reads nothing.

import { refusesAddress } from "./address_field.js";
import { badgesAt } from "./award_page.js";
import { isAddress, readBadges } from "./badge.js";
import { bytesOf, LIMIT } from "./bytes.js";
import { check, marred, refusal } from "./checking.js";
import { Fault } from "./fault.js";
import { pairFault, pairOf } from "./pair.js";
import { Reader } from "./reading.js";
import { answerNode, commandNode, element, filesNode, stepsNode, subjectNode, wordsAt } from "./show.js";
import { pairNode } from "./show_pair.js";

const desk = document.getElementById("desk");
const [form, progress, answers] = ["form", ".progress", ".answers"].map((name) => desk.querySelector(name));
const { file, text, email } = form.elements;
const site = { base: desk.dataset.base, root: new URL(desk.dataset.root, location.href).href };
const BARE = /^(?!eyJ)[\w-]+(\.[\w-]+)+(\/\S*)?$/; // an address as a browser's bar shows it, and no signed text
const AWARD = /\/awards\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
let turn = 0; // which press of the button this is

async function start() {
  const say = await wordsAt(desk.dataset.words);
  if (!globalThis.crypto?.subtle) {
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
  const { reports, pair } = await reportsOf();
  if (asked !== turn) return; // something else was asked meanwhile
  const nodes = pair
    ? [pairNode(say, pair, "answer-1")]
    : reports.map((report, at) => reportNode(say, report, `answer-${at + 1}`));
  answers.replaceChildren(...nodes);
  if (reports.some((report) => report.borrowed)) answers.prepend(borrowedNode(say));
  progress.textContent = nodes.length > 1 ? say("answers", { count: reports.length }) : "";
  form.removeAttribute("aria-busy");
  document.getElementById("answer-1").focus();
}

async function reportsOf() {
  const reader = new Reader(site);
  try {
    const badges = await badgesOf(reader);
    const reports = [];
    for (const badge of badges) {
      const own = badges.length > 1 ? new Reader(site) : reader;
      reports.push(await check(badge, own, new Date(), email.value));
    }
    const fault = await pairFault(badges, reports);
    const told = fault ? reports.map((report) => marred(report, fault)) : reports;
    return { reports: told, pair: await pairOf(badges, told, fault) };
  } catch (error) {
    return { reports: [refusal(error, reader)] };
  }
}

/** What the visitor has put before us: a file, or a text; the form holds one of them. */
async function badgesOf(reader) {
  const [chosen] = file.files;
  if (chosen) {
    if (chosen.size > LIMIT) throw new Fault("too-large", {}, { code: "unreadable" });
    return readBadges(new Uint8Array(await chosen.arrayBuffer()));
  }
  const typed = text.value.trim();
  if (!typed) throw new Fault("nothing-given", {}, { code: "empty" });
  if (typed.length > LIMIT) throw new Fault("too-large", {}, { code: "unreadable" });
  const address = BARE.test(typed) ? `https://${typed}` : typed;
  return isAddress(address) ? badgesAt(reader, addressOf(reader, address)) : readBadges(bytesOf(typed));
}

// The address of a file as this site calls it; what was typed with http is asked for by https, the only way we go, and
// the folder of an award is one also without its last slash.
function addressOf(reader, typed) {
  const address = reader.addressOf(new URL(typed).href).replace(AWARD, "$&/");
  return address.startsWith(site.base) ? address : address.replace(/^http:/, "https:");
}

// A copy of the site is where it says it is not.
function borrowedNode(say) {
  const [here, there] = [site.root, site.base].map((address) => new URL(address).host);
  return here === there ? "" : element("p", { class: "notice" }, say("copy", { here, there }));
}

function reportNode(say, report, id) {
  if (report.headline === "nothing") return bareNode(say, report, id);
  const parts = [subjectNode, stepsNode, commandNode, filesNode].map((draw) => draw(say, report));
  return element("article", { class: "report", "aria-labelledby": id }, answerNode(say, report, id), ...parts);
}

// Where there is nothing to check, no steps are shown.
function bareNode(say, report, id) {
  const [{ step, code }] = report.checks;
  return element("article", { class: "report", "data-step": step, "data-code": code }, answerNode(say, report, id));
}

start();

// What is asked of the verify page, answered: the badges in a file, a text or at an address, each with its report.

import { badgesAt } from "./award_page.js";
import { isAddress, readBadges } from "./badge.js";
import { bytesOf, LIMIT } from "./bytes.js";
import { check, marred, refusal } from "./checking.js";
import { Fault } from "./fault.js";
import { pairFault, pairOf } from "./pair.js";
import { Reader } from "./reading.js";
import { answerNode, commandNode, filesNode, stepsNode, subjectNode } from "./show.js";
import { pairNode } from "./show_pair.js";
import { element } from "./words.js";

const BARE = /^(?!eyJ)[\w-]+(\.[\w-]+)+(\/\S*)?$/; // an address as a browser's bar shows it, and no signed text
const AWARD = /\/awards\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The nodes to show for what a form holds, and how many badges they speak of; `base` and `root` are of this site. */
export async function answersTo(say, fields, { base, root }) {
  const site = { base, root: new URL(root, location.href).href };
  const { reports, pair } = await reportsOf(fields, site);
  const nodes = pair
    ? [pairNode(say, pair, "answer-1")]
    : reports.map((report, at) => reportNode(say, report, `answer-${at + 1}`));
  const notes = reports.some((report) => report.borrowed) ? [borrowedNode(say, site)] : [];
  return { count: pair ? 1 : reports.length, nodes: [...notes, ...nodes] };
}

async function reportsOf({ file, text, email }, site) {
  const reader = new Reader(site);
  try {
    const badges = await badgesOf(reader, file, text, site);
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
async function badgesOf(reader, file, text, site) {
  const [chosen] = file.files;
  if (chosen) {
    if (chosen.size > LIMIT) throw new Fault("too-large", {}, { code: "unreadable" });
    return readBadges(new Uint8Array(await chosen.arrayBuffer()));
  }
  const typed = text.value.trim();
  if (!typed) throw new Fault("nothing-given", {}, { code: "empty" });
  if (typed.length > LIMIT) throw new Fault("too-large", {}, { code: "unreadable" });
  const address = BARE.test(typed) ? `https://${typed}` : typed;
  return isAddress(address) ? badgesAt(reader, addressOf(reader, address, site)) : readBadges(bytesOf(typed));
}

// The address of a file as this site calls it; what was typed with http is asked for by https, the only way we go, and
// the folder of an award is one also without its last slash.
function addressOf(reader, typed, site) {
  const address = reader.addressOf(new URL(typed).href).replace(AWARD, "$&/");
  return address.startsWith(site.base) ? address : address.replace(/^http:/, "https:");
}

// A copy of the site is where it says it is not.
function borrowedNode(say, site) {
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

// An award of this site as its own page tells it: lifted from there as text, and brought to the present day.

const UNREAD = { state: "unread" };

/** What the page at an address says of its award; `now` is a moment. Never fails: what cannot be read says so. */
export async function awardAt(address, now) {
  try {
    const response = await fetch(address, { cache: "no-cache" });
    if (response.status === 404 || response.status === 410) return { state: "unknown" };
    if (!response.ok) return UNREAD;
    return readAward(new DOMParser().parseFromString(await response.text(), "text/html"), address, now);
  } catch {
    return UNREAD;
  }
}

// A page that is parsed here is never shown: nothing in it runs or loads.
function readAward(page, address, now) {
  const erased = page.querySelector("article.erased");
  if (erased) {
    return { state: "erased", title: piece(erased.querySelector("h1")), words: [piece(erased.querySelector("p"))] };
  }
  const award = page.querySelector("article.award");
  if (!award) return { state: "unknown" }; // a host that answers every address with some page
  const facts = [...award.querySelectorAll("dl.key > div")].map(factOf).filter(Boolean);
  return {
    ...stateOf(award, now),
    title: piece(award.querySelector("h1")),
    picture: pictureOf(award.querySelector(".plate img"), address),
    facts,
    name: award.querySelector(".key .holder")?.textContent.trim(),
    day: award.querySelector(".key time")?.textContent.trim(),
  };
}

/** The text of a node, and its language where it differs from that of its page. */
function piece(node) {
  if (!node) return { text: "" };
  const around = node.ownerDocument.body.lang || node.ownerDocument.documentElement.lang;
  const { lang } = node.closest("[lang]") ?? {};
  const copy = node.cloneNode(true);
  for (const end of copy.querySelectorAll("br")) end.replaceWith(" · ");
  return { text: copy.textContent.replace(/\s+/g, " ").trim(), lang: lang === around ? undefined : lang };
}

// A row of what every award says: a label and its words, without pictures and the host of the issuer's site. A holder
// who is not named is told in words of ours.
function factOf(row, at) {
  const [label, value] = [row.querySelector("dt"), row.querySelector("dd")];
  if (!label || !value) return null;
  const isUnnamed = at === 0 && !value.querySelector(".holder");
  const said = [...value.children].filter((each) => !each.matches("img, .host"));
  const parts = said.length ? said : [value];
  return { label: piece(label), parts: isUnnamed ? [] : parts.map(piece), isUnnamed };
}

// Days begin and end in UTC, as everywhere in badges. A clock that is behind the page does not take it back.
function stateOf(award, now) {
  const pending = award.querySelector(".not-issued");
  if (pending) return { state: "pending", words: [piece(pending)] };
  const state = award.querySelector(".sheet > .state");
  const known = ["valid", "expired", "revoked"].find((each) => state?.classList.contains(each));
  if (!known) return UNREAD;
  if (known === "revoked") return { state: known, words: [piece(state.querySelector("p"))] };
  const built = state.querySelector("time.today")?.getAttribute("datetime") ?? "";
  const last = state.querySelector("time:not(.today)")?.getAttribute("datetime");
  const today = now.toISOString().slice(0, 10);
  const day = today > built ? today : built;
  return { state: last && last < day ? "expired" : known, asOf: day, last };
}

function pictureOf(image, address) {
  if (!image) return null;
  const source = new URL(image.getAttribute("src"), address);
  return source.origin === location.origin ? { source: source.href, alt: image.alt, lang: piece(image).lang } : null;
}

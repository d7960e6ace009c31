// Elements and words of a page: what most scripts of the site need, so that a page that checks nothing loads little.

/** An element with attributes and children; a child may be text, and what is empty is left out. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(key, value);
  made.append(...children.filter((child) => child !== undefined && child !== null && child !== ""));
  return made;
}

/** Words in the page's language, from a JSON file of the site: a function from key and values to a sentence. */
export async function wordsAt(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`no words at ${address}`);
  const { language, messages } = await response.json();
  const locale = language === "en" ? "en-GB" : language; // day before month, as elsewhere on the site
  const written = (value) => {
    if (value?.say) return say(value.say, value.values);
    return value instanceof Date ? dayIn(locale, value) : String(value);
  };
  const say = (key, values = {}) =>
    (messages[key] ?? key).replace(/%\((\w+)\)s/g, (gap, name) => (name in values ? written(values[name]) : gap));
  return Object.assign(say, { locale });
}

const FIRSTS = { it: "1º", fr: "1er" }; // of a month, which browsers write as any other day

/** A day as the page's language writes it; where the browser does not know how, year, month and day in digits. */
export function dayIn(locale, moment) {
  if (!Intl.DateTimeFormat.supportedLocalesOf(locale).length) return moment.toISOString().slice(0, 10);
  const words = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(moment);
  const first = FIRSTS[locale.split("-")[0]];
  return first && words.startsWith("1 ") ? first + words.slice(1) : words;
}

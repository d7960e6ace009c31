// JSON as two readers must understand it alike: no member twice, no deep nest, no half of a character.

const DEEPEST = 64;

/** The value of a JSON text; SyntaxError with a short reason if it is not, or could be read in two ways. */
export function readJson(text) {
  const value = JSON.parse(text);
  scan(text);
  if (/\\u[dD][89a-fA-F]/.test(text) || !text.isWellFormed()) whole(value);
  return value;
}

/** Whether a value is a JSON object. */
export const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** JSON-LD says one value and a list of one alike. */
export const listed = (value) => (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]);

// The text is known to be JSON, so that only strings, braces and commas need a look.
function scan(text) {
  const open = [];
  let name = null;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') {
      const end = closing(text, at);
      name = text.slice(at, end + 1);
      at = end;
    } else if (character === ":") {
      const names = open.at(-1);
      const plain = JSON.parse(name);
      if (names.has(plain)) throw new SyntaxError("a member twice");
      names.add(plain);
    } else if (character === "{" || character === "[") {
      open.push(new Set());
      if (open.length > DEEPEST) throw new SyntaxError("nested too deep");
    } else if (character === "}" || character === "]") {
      open.pop();
    }
  }
}

function closing(text, start) {
  for (let end = text.indexOf('"', start + 1); ; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text[end - 1 - slashes] === "\\") slashes++;
    if (slashes % 2 === 0) return end;
  }
}

function whole(value) {
  if (typeof value === "string" && !value.isWellFormed()) throw new SyntaxError("half a character");
  if (typeof value === "object" && value !== null) {
    for (const [name, inner] of Object.entries(value)) {
      whole(name);
      whole(inner);
    }
  }
}

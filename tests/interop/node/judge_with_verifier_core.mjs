// Let the Digital Credentials Consortium's verifier-core verify every credential and status list of a built site. It fetches
// keys, lists and the JSON Schema by itself. Run as: judge_with_verifier_core.mjs SCHEMAS SITE [ALTERED]

import {main, readJson} from './offline.mjs';
import {verifyCredential} from '@digitalcredentials/verifier-core';

async function says(path) {
  const credential = readJson(path);
  const {errors, log, additionalInformation} = await verifyCredential({credential, knownDIDRegistries: []});
  if(errors) {
    return ['refused', errors.map(({message}) => message).join('; ')];
  }
  const steps = Object.fromEntries(log.map(step => [step.id, step]));
  if(!steps.valid_signature?.valid) {
    return ['refused', 'the signature is not valid'];
  }
  if(credential.credentialStatus && steps.revocation_status?.valid !== true) {
    const {error} = steps.revocation_status ?? {};
    return error ? ['refused', error.message] : ['revoked', 'revocation_status is not valid'];
  }
  if(!steps.expiration?.valid) {
    return ['expired', 'expiration is not valid'];
  }
  const {results} = additionalInformation.find(({id}) => id === 'schema_check');
  const faults = Array.isArray(results) ? results.flatMap(({result}) => result.errors ?? []) : [];
  return faults.length ? ['refused', faults.map(({instancePath, message}) => `${instancePath} ${message}`).join('; ')] : ['valid', ''];
}

await main(
  {row: 'credential.json', pattern: 'awards/*/credential.json', says},
  {row: 'status list, .json', pattern: 'status/*/*.json', says}
);

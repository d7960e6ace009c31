// Let jose verify every credential and status list that a built site publishes as a JWT. It knows neither DIDs nor badges: it is
// given the P-256 keys of the issuer's DID document, and picks the one that `kid` names.
// Run as: judge_with_jose.mjs SCHEMAS SITE [ALTERED]

import {main, read, readJson} from './offline.mjs';
import {createLocalJWKSet, jwtVerify} from 'jose';

async function keysOf(did) {
  const [host, ...path] = did.slice('did:web:'.length).split(':');
  const {verificationMethod, assertionMethod} = await (await fetch(`https://${[host, ...path, 'did.json'].join('/')}`)).json();
  const methods = verificationMethod.filter(({id, publicKeyJwk}) => publicKeyJwk && assertionMethod.includes(id));
  return createLocalJWKSet({keys: methods.map(({id, publicKeyJwk}) => ({...publicKeyJwk, kid: id}))});
}

async function says(path) {
  const {id, issuer, credentialSubject} = readJson(path.replace(/jwt$/, 'json'));
  const did = issuer.id ?? issuer;
  try {
    const {payload} = await jwtVerify(read(path), await keysOf(did), {
      algorithms: ['ES256'], typ: 'JWT', issuer: did, subject: credentialSubject.id, requiredClaims: ['jti', 'nbf']
    });
    return payload.jti === id ? ['valid', ''] : ['refused', 'it does not say what the JSON says'];
  } catch(error) {
    return [error.code === 'ERR_JWT_EXPIRED' ? 'expired' : 'refused', `${error.code}: ${error.message}`];
  }
}

await main(
  {row: 'credential.jwt', pattern: 'awards/*/credential.jwt', says},
  {row: 'status list, .jwt', pattern: 'status/*/*.jwt', says}
);

// Buyers' tokens: JWT (RFC 7519) signed with HS256 (RFC 7515), as the shop's log-in would make them.
import encoding from 'k6/encoding';
import { hmac } from 'k6/crypto';
import { plan } from './plan.js';

const LIFE_SECONDS = 8 * 3600;
const HEADER = encoding.b64encode(JSON.stringify({ alg: 'HS256', typ: 'JWT' }), 'rawurl');

export function mint(buyer) {
  const now = Math.floor(Date.now() / 1000);
  const claims = { sub: buyer, roles: ['buyer'], iat: now, exp: now + LIFE_SECONDS };
  const signed = `${HEADER}.${encoding.b64encode(JSON.stringify(claims), 'rawurl')}`;
  return `${signed}.${hmac('sha256', plan.jwtSecret, signed, 'base64rawurl')}`;
}

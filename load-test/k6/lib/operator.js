// The operator's side: makes the sale, and has it proved.
import http from 'k6/http';
import { sleep } from 'k6';
import { plan } from './plan.js';

const TIMEOUT = `${plan.answerSecondsMax}s`;

export function login() {
  const credentials = { name: plan.operatorName, password: plan.operatorPassword };
  return call('POST', '/api/sessions', credentials, undefined).token;
}

export function createSale(token) {
  const sale = {
    title: `Load test, counted in ${plan.counter}`,
    priceCents: 1999,
    currency: 'EUR',
    stock: plan.stock,
    perBuyerLimit: 1,
    holdSeconds: 3600,
    counter: plan.counter,
  };
  return call('POST', '/api/sales', sale, token).saleId;
}

// Asks until the verdict is final or the limit is reached; then it is PENDING still.
export function prove(token, saleId) {
  const asks = Math.ceil(plan.verifySecondsMax / plan.verifyEverySeconds);
  let proof = verification(token, saleId);
  for (let asked = 0; asked < asks && proof.verdict === 'PENDING'; asked += 1) {
    sleep(plan.verifyEverySeconds);
    proof = verification(token, saleId);
  }
  return proof;
}

function verification(token, saleId) {
  return call('GET', `/api/sales/${saleId}/verification`, undefined, token);
}

function call(method, path, body, token) {
  const headers = { 'Content-Type': 'application/json' };
  if (token !== undefined) {
    headers.Authorization = `Bearer ${token}`;
  }
  const sent = body === undefined ? null : JSON.stringify(body);
  const answer = http.request(method, plan.api + path, sent, { headers, timeout: TIMEOUT, tags: { name: 'operator' } });
  if (answer.status < 200 || answer.status > 299) {
    throw new Error(`${method} ${plan.api}${path}: ${answer.status} ${answer.error || answer.body}`);
  }
  return answer.json();
}

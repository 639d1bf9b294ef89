// Verification of one sale: repeated while it is pending, with the reason and the time.
import { call } from '../common/api.js';
import { h, setText } from '../common/dom.js';
import { now } from '../common/clock.js';
import { sleep } from '../common/pace.js';
import { announce } from '../common/status.js';
import { clockTime, number, t } from '../common/words.js';
import { refused } from './refused.js';

const AGAIN_MS = 2_000;
const FIGURES = ['stock', 'sold', 'held', 'paid', 'available', 'inFlight', 'oversold', 'duplicates', 'overLimit', 'drift', 'missing'];
const KINDS = { PASS: 'good', PENDING: 'warn', FAIL: 'bad' };

const PENDING = {
  orders: 'whyInFlight', 'dead-letters': 'whyDeadLetters', broker: 'whyBroker', counter: 'whyMissing',
  'counter-moves': 'whyMoving', drift: 'whyDrift', lost: 'whyLost',
};

/** The sentence that explains the verdict. */
function reason(proof) {
  if (proof.verdict !== 'PENDING') return t(`why${proof.verdict}`);
  const { kind, detail } = proof.waitsFor;
  return t(PENDING[kind] ?? 'whyInFlight', { detail });
}

/** The card: `{node, verify, take(sale), stop}`; take receives the sale after each read. */
export function verificationCard(saleId) {
  const verdict = h('span', { class: 'chip verdict' }, '–');
  const why = h('p', { class: 'why' }, t('notVerified'));
  const at = h('p', { class: 'soft fine verified-at figures' });
  const figures = h('dl', { class: 'facts figures' });
  const missing = h('ul', { class: 'fine figures missing-orders', hidden: true });
  const button = h('button', { type: 'button', class: 'button verify', on: { click: verify } }, t('verify'));
  const node = h('section', { class: 'card pad stack', 'aria-labelledby': 'verification' },
    h('div', { class: 'row between' }, h('h2', { id: 'verification' }, t('verification')), verdict),
    why, at, figures, missing, h('p', {}, button));
  let proof = null;
  let proved = 0;
  let failure = '';
  let sale = null;
  let running = false;
  let stopped = false;

  async function verify() {
    if (running) return;
    running = true;
    button.setAttribute('aria-disabled', 'true');
    setText(button, t('verifying'));
    try {
      while ((await ask()) === 'PENDING' && !stopped) await sleep(AGAIN_MS);
      announce(`${verdict.textContent}. ${why.textContent}`);
    } catch (cause) {
      proof = null;
      failure = refused(cause);
      draw();
      announce(why.textContent);
    }
    running = false;
    button.removeAttribute('aria-disabled');
    setText(button, t('verify'));
  }

  async function ask() {
    proof = (await call('GET', `/api/sales/${saleId}/verification`)).json;
    proved = now();
    failure = '';
    draw();
    return proof.verdict;
  }

  function draw() {
    // an edit of the stock: what was found is not about this sale any more
    const outdated = proof !== null && sale !== null && proof.stock !== sale.stock;
    const shown = outdated ? null : proof;
    verdict.className = `chip verdict ${shown ? KINDS[shown.verdict] : ''}`;
    setText(verdict, shown ? t(shown.verdict) : '–');
    setText(why, outdated ? t('outdated') : shown ? reason(shown) : failure || t('notVerified'));
    setText(at, shown ? t('verifiedAt', { time: clockTime(proved) }) : '');
    figures.replaceChildren(...(shown ? FIGURES.flatMap((name) => [
      h('dt', {}, t(name)), h('dd', {}, shown[name] === null ? t('unknown') : number(shown[name]))]) : []));
    drawMissing(shown?.missingOrders ?? []);
  }

  function drawMissing(orders) {
    missing.hidden = orders.length === 0;
    missing.replaceChildren(...orders.map((id) => h('li', {}, id)));
  }

  function take(changed) {
    const drawn = sale?.stock;
    sale = changed;
    if (drawn !== sale.stock) draw();
  }

  return { node, verify, take, stop: () => { stopped = true; } };
}

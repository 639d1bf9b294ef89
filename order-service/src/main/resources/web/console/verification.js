// Verification of one sale: repeated while it is pending, with the reason.
import { call } from '../common/api.js';
import { h, setText } from '../common/dom.js';
import { sleep } from '../common/pace.js';
import { announce } from '../common/status.js';
import { number, t } from '../common/words.js';
import { refused } from './refused.js';

const AGAIN_MS = 2_000;
const FIGURES = ['stock', 'sold', 'held', 'paid', 'available', 'inFlight', 'oversold', 'duplicates', 'overLimit', 'drift'];
const KINDS = { PASS: 'good', PENDING: 'warn', FAIL: 'bad' };

/** The key of the sentence that explains the verdict. */
export function reason(proof) {
  if (proof.verdict !== 'PENDING') return `why${proof.verdict}`;
  if (proof.inFlight === null) return 'whyInFlight';
  if (proof.available === null) return 'whyMissing';
  return proof.drift === null ? 'whyMoving' : 'whyDrift';
}

/** The card: `{node, verify, stop}`. */
export function verificationCard(saleId) {
  const verdict = h('span', { class: 'chip verdict' }, '–');
  const why = h('p', { class: 'why' }, t('notVerified'));
  const figures = h('dl', { class: 'facts figures' });
  const button = h('button', { type: 'button', class: 'button verify', on: { click: verify } }, t('verify'));
  const node = h('section', { class: 'card pad stack', 'aria-labelledby': 'verification' },
    h('div', { class: 'row between' }, h('h2', { id: 'verification' }, t('verification')), verdict),
    why, figures, h('p', {}, button));
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
      draw(null, refused(cause));
      announce(why.textContent);
    }
    running = false;
    button.removeAttribute('aria-disabled');
    setText(button, t('verify'));
  }

  async function ask() {
    const { json } = await call('GET', `/api/sales/${saleId}/verification`);
    draw(json, t(reason(json)));
    return json.verdict;
  }

  function draw(proof, text) {
    verdict.className = `chip verdict ${proof ? KINDS[proof.verdict] : ''}`;
    setText(verdict, proof ? t(proof.verdict) : '–');
    setText(why, text);
    if (proof) {
      figures.replaceChildren(...FIGURES.flatMap((name) => [
        h('dt', {}, t(name)), h('dd', {}, proof[name] === null ? t('unknown') : number(proof[name]))]));
    }
  }

  return { node, verify, stop: () => { stopped = true; } };
}

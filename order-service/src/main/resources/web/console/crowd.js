// Simulated buyers for a rehearsal in the browser, with the demo log-in, so that one person can watch a sale sell
// out.
import { h, setText } from '../common/dom.js';
import { announce } from '../common/status.js';
import { number, t } from '../common/words.js';

/** Limit of what one browser can do in a few minutes; for more there is `./doorbuster rehearse`. */
const BUYERS_MAX = 5_000;
const BUYERS_DEFAULT = 500;

const WORKER = new URL('./crowd-worker.js', import.meta.url).href;

/** Trusted types: a worker may be created from this script only. */
const policy = window.trustedTypes?.createPolicy('doorbuster-crowd', { createScriptURL: () => WORKER });

/** The card: `{node, stop}`. ended: called when all buyers have an answer. */
export function crowdCard(saleId, { ended }) {
  const buyers = h('input', { id: 'buyers', type: 'number', required: true, min: 1, max: BUYERS_MAX, value: BUYERS_DEFAULT });
  const start = h('button', { class: 'button crowd-start' }, t('crowdStart'));
  const stopButton = h('button', { type: 'button', class: 'button quiet', 'aria-disabled': 'true', on: { click: halt } }, t('crowdStop'));
  const bar = h('progress', { max: 1, value: 0, 'aria-label': t('crowd') });
  const figures = h('dl', { class: 'facts figures' });
  const state = h('p', { class: 'crowd-state' }, t('crowdHint', { most: number(BUYERS_MAX) }));
  const node = h('section', { class: 'card pad', 'aria-labelledby': 'crowd' },
    h('h2', { id: 'crowd' }, t('crowd')),
    h('form', { class: 'stack', on: { submit } },
      h('p', {}, h('label', { for: 'buyers' }, t('crowdBuyers')), buyers),
      h('div', { class: 'row' }, start, stopButton),
      bar, figures, state));
  let worker = null;

  function submit(event) {
    event.preventDefault();
    if (worker) return;
    worker = new Worker(policy ? policy.createScriptURL('') : WORKER, { type: 'module' });
    worker.onmessage = ({ data }) => draw(data);
    worker.onerror = () => end('crowdBroke');
    worker.postMessage({ saleId, buyers: Number(buyers.value), run: Date.now().toString(36) });
    setText(state, t('crowdRuns'));
    busy(true);
  }

  function draw(said) {
    bar.max = said.buyers;
    const know = said.have + said.refused + said.failed;
    bar.value = know;
    const rows = [['crowdHave', said.have], ['crowdRefused', said.refused], ['crowdFailed', said.failed],
      ['crowdWaiting', said.buyers - know], ['crowdAsked', said.asked]];
    figures.replaceChildren(...rows.flatMap(([name, value]) => [
      h('dt', {}, t(name)), h('dd', { class: name }, number(value))]));
    if (said.done) {
      end('crowdDone');
      ended();
    }
  }

  function end(text) {
    worker?.terminate();
    worker = null;
    setText(state, t(text));
    announce(t(text));
    busy(false);
  }

  function halt() {
    if (worker) end('crowdStopped');
  }

  function busy(runs) {
    start.setAttribute('aria-disabled', String(runs));
    stopButton.setAttribute('aria-disabled', String(!runs));
  }

  return { node, stop: () => worker?.terminate() };
}

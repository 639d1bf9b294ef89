// Replays or discards dead letters and summarizes the result. One request per queue; dead letters are named by id, so
// that only those shown are affected.
import { call, Problem } from '../common/api.js';
import { h } from '../common/dom.js';
import { number, t } from '../common/words.js';
import { ask } from './dialog.js';
import { refused } from './refused.js';

const LOSSES = {
  'placed-orders': 'lossPlacedOrders',
  'counted-orders': 'lossCountedOrders',
  payments: 'lossPayments',
  cancels: 'lossCancels',
  'ends-of-holds': 'lossEndsOfHolds',
  'sale-changes': 'lossSaleChanges',
  'sale-hours': 'lossSaleHours',
  recounts: 'lossRecounts',
  releases: 'lossReleases',
  markers: 'lossMarkers',
  answers: 'lossAnswers',
  news: 'lossNews',
  records: 'lossRecords',
  unknown: 'lossUnknown',
};

const PROBLEMS = {
  'unknown-letter': 'letterGone',
  overloaded: 'letterNotNow',
  'outcome-unknown': 'letterUnknown',
};

/** `{good, bad}`: a sentence for what was done, and nodes for what was not; either may be empty. */
export async function sendBack(letters) {
  return act('replay', letters, 'lettersSentBack');
}

/** The same after a confirmation that says what is lost; null if cancelled. */
export function discard(letters) {
  return ask({
    title: t(letters.length === 1 ? 'discardTitle' : 'discardAllTitle', { count: number(letters.length) }),
    content: h('div', { class: 'stack' }, losses(letters), letters.length === 1 && content(letters[0]),
      h('p', { class: 'soft fine' }, t('discardHint'))),
    yes: h('button', { class: 'button danger' }, t('discardYes')),
    wide: true,
    careful: true,
    send: () => act('discard', letters, 'lettersDiscarded'),
  });
}

function losses(letters) {
  const kinds = new Map();
  for (const { type, loss } of letters) {
    const kind = type ?? '–';
    kinds.set(kind, { loss, count: (kinds.get(kind)?.count ?? 0) + 1 });
  }
  return h('ul', { class: 'losses' }, [...kinds].map(([kind, { loss, count }]) => h('li', {},
    h('strong', {}, `${number(count)} × ${kind}`), ` ${t(LOSSES[loss] ?? 'lossUnknown')}`)));
}

function content(letter) {
  return h('pre', { class: 'letter-content', tabindex: '0', role: 'region', 'aria-label': t('content') }, letter.content);
}

async function act(what, letters, said) {
  const came = { done: 0, gone: 0, stayed: [], bad: new Map() };
  for (const queue of new Set(letters.map((letter) => letter.lies))) {
    const ids = letters.filter((letter) => letter.lies === queue).map((letter) => letter.id);
    try {
      const { json } = await call('POST', `/api/dead-letters/${queue}/${what}`, { body: { ids } });
      came.done += json.done.length;
      came.gone += json.gone.length;
      came.stayed.push(...json.stayed);
    } catch (cause) {
      came.bad.set(cause.slug ?? '', why(cause));
    }
  }
  if (came.gone > 0) came.bad.set('gone', [t('lettersGone', { count: number(came.gone) })]);
  if (came.stayed.length > 0) {
    came.bad.set('stayed', [t('lettersStay', { count: number(came.stayed.length) }), ...brokersReason(came.stayed[0].reason)]);
  }
  const bad = [...came.bad.values()].flatMap((nodes) => [...nodes, ' ']);
  return { good: came.done > 0 ? t(said, { count: number(came.done) }) : '', bad };
}

function why(cause) {
  if (!(cause instanceof Problem)) return [t('notHeard')];
  if (cause.slug === 'letter-stays') return [t('letterStays'), ...brokersReason(cause.body.detail)];
  return [cause.slug in PROBLEMS ? t(PROBLEMS[cause.slug]) : refused(cause)];
}

/** As the broker wrote it. */
function brokersReason(text) {
  return [' ', h('span', { lang: 'en' }, text)];
}

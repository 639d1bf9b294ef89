// The waiting room of a sale, for its operator: length, rate, who gave up.
import { call } from '../common/api.js';
import { h } from '../common/dom.js';
import { facts } from '../common/facts.js';
import { repeat, single } from '../common/pace.js';
import { number, t } from '../common/words.js';

const EVERY_MS = 1_000;
const PHASES = {
  ABSENT: 'roomABSENT',
  LOBBY: 'roomLOBBY',
  DRAWING: 'roomDRAWING',
  OPEN: 'roomOPEN',
  DOOR: 'roomDOOR',
  ENDED: 'roomENDED',
};

/** `{node, take(sale), stop}`; the node is empty for a sale without a room. */
export function waitingRoomCard(saleId) {
  const list = h('dl', { class: 'facts figures' });
  const draw = h('a', { href: `${facts.eventsOrigin}/api/sales/${saleId}/waiting-room/draw` }, t('roomDraw'));
  const node = h('div', {});
  let sale = null;

  const look = single(async () => {
    if (!sale?.waitingRoom || sale.state === 'CLOSED' || sale.state === 'DRAFT') return;
    const { json } = await call('GET', `/api/sales/${saleId}/waiting-room`, { origin: facts.eventsOrigin, part: 'waiting room' });
    show([
      ['roomPhase', t(PHASES[json.phase])],
      ['roomWaiting', number(json.waiting)],
      ['roomAdmitted', number(json.admitted)],
      ['roomRate', t('perSecond', { count: number(json.perSecond) })],
      ['roomLeft', number(json.left)],
      ['roomPassedOver', number(json.passedOver)],
    ]);
  // A failure is in the page's banner; the next reading comes by itself.
  }, () => {});

  function show(rows) {
    const text = JSON.stringify(rows);
    if (list.dataset.text === text) return;
    list.dataset.text = text;
    list.replaceChildren(...rows.flatMap(([name, value]) => [h('dt', {}, t(name)), h('dd', {}, value)]));
  }

  function take(now) {
    if (sale === null && now.waitingRoom) {
      node.replaceChildren(h('section', { class: 'card pad stack', 'aria-labelledby': 'waiting-room' },
        h('h2', { id: 'waiting-room' }, t('waitingRoom')), list, h('p', {}, draw)));
    }
    const first = sale === null;
    sale = now;
    if (first) look();
  }

  return { node, take, stop: repeat(EVERY_MS, look) };
}

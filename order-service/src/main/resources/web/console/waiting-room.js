// The waiting room or the raffle of a sale, for its operator: length, rate, who gave up; the draw.
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

/** `{node, take(sale), stop}`; the node is empty for a sale without room or raffle. */
export function waitingRoomCard(saleId) {
  const list = h('dl', { class: 'facts figures' });
  const node = h('div', {});
  let sale = null;

  const look = single(async () => {
    if (sale?.raffle && sale.state !== 'DRAFT') await lookAtRaffle();
    if (!sale?.waitingRoom || sale.state === 'CLOSED' || sale.state === 'DRAFT') return;
    const { json } = await call('GET', `/api/sales/${saleId}/waiting-room`, { origin: facts.eventsOrigin, part: 'waiting room' });
    show([
      ['roomPhase', t(PHASES[json.phase])],
      ['roomWaiting', number(json.waiting)],
      ['roomAdmitted', number(json.admitted)],
      ['roomRate', t('perSecond', { count: number(json.perSecond) })],
      ['roomLeft', number(json.left)],
      ['roomPassedOver', number(json.passedOver)],
      ['roomStandby', number(json.standby)],
    ]);
  // A failure is in the page's banner; the next reading comes by itself.
  }, () => {});

  async function lookAtRaffle() {
    const { json } = await call('GET', `/api/sales/${saleId}/raffle/draw`, { part: 'raffle' });
    show([['raffleDrawn', json.drawn ? number(json.entrants) : t('raffleWaits')]]);
  }

  function show(rows) {
    const text = JSON.stringify(rows);
    if (list.dataset.text === text) return;
    list.dataset.text = text;
    list.replaceChildren(...rows.flatMap(([name, value]) => [h('dt', {}, t(name)), h('dd', {}, value)]));
  }

  function take(now) {
    if (sale === null && (now.waitingRoom || now.raffle)) {
      const path = now.raffle ? `/api/sales/${saleId}/raffle/draw` : `${facts.eventsOrigin}/api/sales/${saleId}/waiting-room/draw`;
      node.replaceChildren(h('section', { class: 'card pad stack', 'aria-labelledby': 'waiting-room' },
        h('h2', { id: 'waiting-room' }, t(now.raffle ? 'raffle' : 'waitingRoom')), list,
        h('p', {}, h('a', { href: path }, t('roomDraw')))));
    }
    const first = sale === null;
    sale = now;
    if (first) look();
  }

  return { node, take, stop: repeat(EVERY_MS, look) };
}

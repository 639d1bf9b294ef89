// The notes on a sale and its orders: `{node, stop}`.
import { call } from '../common/api.js';
import { h } from '../common/dom.js';
import { repeat, single } from '../common/pace.js';
import { listEnd } from '../common/parts.js';
import { moment, t } from '../common/words.js';
import { noteForm } from './note-form.js';

const LOOK_EVERY_MS = 15_000;

export function notesCard(saleId) {
  const path = `/api/sales/${saleId}/notes`;
  const list = h('ul', { class: 'notes' });
  const end = h('div', {});
  let drawn = '';

  const look = single(async () => {
    const { json, next } = await call('GET', path);
    const text = JSON.stringify([json.notes, next]);
    if (text === drawn) return;
    drawn = text;
    list.replaceChildren(...json.notes.map((note) => h('li', {},
      h('span', { class: 'soft fine' }, `${moment(note.at)} · ${note.operator} `,
        note.orderId && h('a', { href: `/console/orders/${note.orderId}` }, t('ofOrder'))),
      h('p', {}, note.note))));
    end.replaceChildren(...listEnd(next === undefined));
  }, () => {
    // the banner shows the lost connection; the next reading follows
  });

  const stop = repeat(LOOK_EVERY_MS, look);
  look();
  const node = h('section', { class: 'card pad stack', 'aria-labelledby': 'notes' },
    h('h2', { id: 'notes' }, t('notes')), list, end, noteForm(path, look));
  return { node, stop };
}

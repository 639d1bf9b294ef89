// What was set aside and why, when somebody asks: a look hides the letters from everybody else for a moment, so the page never looks
// by itself but when it opens.
import { call } from '../../common/api.js';
import { h, setText } from '../../common/dom.js';
import { single } from '../../common/pace.js';
import { moment, number, t } from '../../common/words.js';
import { refused } from '../refused.js';

export function deadLettersPage() {
  const said = h('p', { class: 'letters-said', role: 'status' }, t('loading'));
  const list = h('div', {});
  const node = h('div', {},
    h('div', { class: 'row between' }, h('h1', {}, t('deadLetters')),
      h('button', { type: 'button', class: 'button quiet', on: { click: () => look() } }, t('lookAgain'))),
    said, list,
    h('p', { class: 'soft fine section' }, t('deadLettersHint')));

  const look = single(async () => {
    const { json } = await call('GET', '/api/dead-letters');
    setText(said, summary(json));
    list.replaceChildren(...(json.letters.length > 0 ? [table(json.letters)] : []));
  }, (cause) => setText(said, refused(cause)));

  look();
  return { title: t('deadLetters'), node };
}

function summary({ letters, complete }) {
  if (letters.length === 0) return t(complete ? 'noDeadLetters' : 'deadLettersUnsure');
  return t(complete ? 'deadLettersAre' : 'deadLettersMore', { count: number(letters.length) });
}

function table(letters) {
  const head = ['kind', 'cause', 'reason', 'queue', 'sale', 'setAside', 'deliveries', 'replays'];
  return h('div', { class: 'card scroll', tabindex: '0', role: 'region', 'aria-label': t('deadLetters') },
    h('table', { class: 'table letters figures' },
      h('thead', {}, h('tr', {}, head.map((key) => h('th', { scope: 'col' }, t(key))))),
      h('tbody', {}, letters.map(row))));
}

function row(letter) {
  return h('tr', {},
    h('th', { scope: 'row' }, letter.type ?? '–', h('span', { class: 'letter-id' }, letter.id ?? '')),
    h('td', {}, h('span', { class: 'chip warn' }, letter.cause), letter.comesBack && h('p', { class: 'fine' }, t('comesBack'))),
    h('td', { class: 'reason' }, letter.reason),
    h('td', {}, letter.queue || '–'),
    h('td', {}, letter.saleId ? h('a', { href: `/console/sales/${letter.saleId}` }, letter.saleId) : '–'),
    h('td', {}, letter.at ? moment(letter.at) : '–'),
    h('td', {}, number(letter.deliveries)),
    h('td', {}, number(letter.replays)));
}

// Lists dead letters, with actions. Fetching them hides them from others for a moment, so the page fetches them when
// opened, on request, after an action, and when their number changes.
import { call } from '../../common/api.js';
import { h, setText, show } from '../../common/dom.js';
import { single } from '../../common/pace.js';
import { drawEach } from '../../common/parts.js';
import { moment, number, t } from '../../common/words.js';
import { discard, sendBack } from '../letter-acts.js';
import { watchLetters } from '../letter-count.js';
import { refused } from '../refused.js';

export function deadLettersPage() {
  const said = h('p', { class: 'letters-said', role: 'status' }, t('loading'));
  const good = h('p', { class: 'done', role: 'status' });
  const bad = h('p', { class: 'error letters-bad', role: 'alert' });
  const again = h('button', { type: 'button', class: 'button quiet', on: { click: () => look() } }, t('lookAgain'));
  const all = h('div', { class: 'row section all-letters', hidden: true },
    h('button', { type: 'button', class: 'button quiet', on: { click: () => change(sendBack, letters) } }, t('sendAllBack')),
    h('button', { type: 'button', class: 'button danger', on: { click: () => change(discard, letters) } }, t('discardAll')));
  const list = h('div', {});
  const node = h('div', {},
    h('div', { class: 'row between' }, h('h1', {}, t('deadLetters')), again),
    said, good, bad, list, all,
    h('p', { class: 'soft fine section' }, t('deadLettersHint')));
  let letters = [];
  let busy = false;

  const look = single(async () => {
    const { json } = await call('GET', '/api/dead-letters');
    watch.seen(json.complete ? json.letters.length : null);
    setText(said, summary(json));
    draw(json.letters);
  }, (cause) => setText(said, refused(cause)));

  function draw(now) {
    if (JSON.stringify(now) === JSON.stringify(letters)) return;
    const focus = list.contains(document.activeElement) ? document.activeElement.dataset : null;
    letters = now;
    list.replaceChildren(...(now.length > 0 ? [table(now, (act, letter) => change(act, [letter]))] : []));
    show(all, now.length > 1);
    if (focus) focusAgain(focus);
  }

  /** Restores the focus to the same dead letter's button, or to that of the one in its place. */
  function focusAgain({ letter, act, row }) {
    if (!act) return;
    const buttons = [...list.querySelectorAll(`button[data-act="${act}"]`)];
    const same = buttons.find((button) => button.dataset.letter === letter);
    (same ?? buttons[Math.min(Number(row), buttons.length - 1)] ?? again).focus();
  }

  async function change(act, chosen) {
    if (busy) return;
    busy = true;
    // announced again if it is done again
    setText(good, '');
    setText(bad, '');
    try {
      const came = await act(chosen);
      if (came) {
        await look();
        setText(good, came.good);
        bad.replaceChildren(...came.bad);
        if (document.activeElement === document.body) again.focus();
      }
    } finally {
      busy = false;
    }
  }

  const watch = watchLetters(async () => {
    if (!busy) await look();
  });
  look();
  return { title: t('deadLetters'), node, stop: watch.stop };
}

function summary({ letters, complete }) {
  if (letters.length === 0) return t(complete ? 'noDeadLetters' : 'deadLettersUnsure');
  return t(complete ? 'deadLettersAre' : 'deadLettersMore', { count: number(letters.length) });
}

function table(letters, change) {
  const head = ['kind', 'cause', 'reason', 'queue', 'sale', 'setAside', 'deliveries', 'replays', 'whatToDo'];
  return h('div', { class: 'card scroll', tabindex: '0', role: 'region', 'aria-label': t('deadLetters') },
    h('table', { class: 'table letters figures' },
      h('thead', {}, h('tr', {}, head.map((key) => h('th', { scope: 'col' }, t(key))))),
      h('tbody', {}, drawEach(letters, (letter, index) => row(letter, index, change), bare))));
}

function bare(letter) {
  return h('tr', {}, h('th', { scope: 'row' }, letter.type ?? '–', h('span', { class: 'letter-id' }, letter.id)));
}

function row(letter, index, change) {
  const button = (act, text, kind, name) => h('button', {
    type: 'button', class: `button ${kind}`, 'aria-label': `${text}: ${letter.type ?? '–'} ${letter.id}`,
    'data-act': name, 'data-letter': `${letter.lies} ${letter.id}`, 'data-row': index, on: { click: () => change(act, letter) },
  }, text);
  return h('tr', {},
    h('th', { scope: 'row' }, letter.type ?? '–', h('span', { class: 'letter-id' }, letter.id)),
    h('td', {}, h('span', { class: 'chip warn' }, letter.cause), letter.comesBack && h('p', { class: 'fine' }, t('comesBack'))),
    h('td', { class: 'reason', lang: 'en' }, letter.reason),
    h('td', {}, letter.queue || '–'),
    h('td', {}, letter.saleId ? h('a', { href: `/console/sales/${letter.saleId}` }, letter.saleId) : '–'),
    h('td', {}, letter.at ? moment(letter.at) : '–'),
    h('td', {}, number(letter.deliveries)),
    h('td', {}, number(letter.replays)),
    h('td', { class: 'letter-acts' },
      button(sendBack, t('sendBack'), 'quiet', 'send-back'), button(discard, t('discard'), 'danger', 'discard')));
}

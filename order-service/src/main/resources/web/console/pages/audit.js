// What operators did, the latest first: of all sales, or of one.
import { call } from '../../common/api.js';
import { h, setText, show } from '../../common/dom.js';
import { table } from '../../common/parts.js';
import { moment, number, t } from '../../common/words.js';
import { refused } from '../refused.js';

const HEAD = ['when', 'operator', 'action', 'sale', 'outcome', 'request'];

export function auditPage(saleId) {
  const said = h('p', { class: 'soft audit-state', role: 'status' }, t('loading'));
  const error = h('p', { class: 'error', role: 'alert' });
  const list = h('div', {});
  const more = h('button', { type: 'button', class: 'button quiet audit-more', on: { click: () => look(next) } }, t('nextPage'));
  const node = h('div', {},
    saleId ? h('p', {}, h('a', { href: `/console/sales/${saleId}` }, t('toSale'))) : null,
    h('h1', {}, t('audit')), h('p', { class: 'soft' }, t('auditHint')), said, error, list, h('p', { class: 'section' }, more));
  let next = null;
  let gone = false;

  async function look(path) {
    setText(error, '');
    try {
      const page = await call('GET', path);
      if (gone) return;
      const { entries } = page.json;
      next = page.next ?? null;
      list.replaceChildren(...(entries.length > 0 ? [table(t('audit'), HEAD, entries, row, bare, 'texts')] : []));
      setText(said, entries.length > 0 ? t('auditShown', { count: number(entries.length) }) : t('noAudit'));
      show(more, next !== null);
    } catch (cause) {
      setText(said, '');
      setText(error, refused(cause));
    }
  }

  show(more, false);
  look(saleId ? `/api/audit?saleId=${saleId}` : '/api/audit');
  return { title: t('audit'), node, stop: () => { gone = true; } };
}

function bare(entry) {
  return h('tr', {}, h('th', { scope: 'row' }, entry.at), h('td', {}, entry.operator), h('td', {}, entry.operation));
}

function row(entry) {
  return h('tr', {},
    h('th', { scope: 'row' }, moment(entry.at, { seconds: true })),
    h('td', {}, entry.operator),
    h('td', {}, t(`did_${entry.operation}`)),
    h('td', {}, entry.saleId ? h('a', { href: `/console/sales/${entry.saleId}` }, entry.saleId) : '–'),
    h('td', {}, outcome(entry.status)),
    h('td', { class: 'audit-request' }, entry.request === '{}' ? '' : h('code', {}, entry.request)));
}

function outcome(status) {
  if (status === null) return h('span', { class: 'chip warn' }, t('outcomeUnknown'));
  return status < 400
    ? h('span', { class: 'chip good' }, t('outcomeDone'))
    : h('span', { class: 'chip bad' }, t('outcomeRefused', { status }));
}

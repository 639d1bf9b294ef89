// Dialogs that change sales: each returns what the server answered, or null if cancelled.
import { call } from '../common/api.js';
import { now } from '../common/clock.js';
import { h } from '../common/dom.js';
import { number, t } from '../common/words.js';
import { ask } from './dialog.js';
import { saleFields } from './sale-form.js';
import { saleTerms, termNodes } from './sale-terms.js';

export function editSale(sale) {
  const fields = saleFields(sale);
  return ask({
    title: t('edit'),
    content: fields.nodes,
    yes: h('button', { class: 'button' }, t('save')),
    wide: true,
    refusal: 'notSaved',
    async send() {
      const body = fields.values();
      if (sale.state !== 'DRAFT' && !(await confirmOpening([body.opensAt]))) return undefined;
      return Object.keys(body).length === 0 ? sale : (await call('PATCH', `/api/sales/${sale.saleId}`, { body })).json;
    },
  });
}

/** Asks if some of the opening times are in the past; true to go on. Null and undefined are not asked about. */
export async function confirmOpening(times) {
  const past = times.filter((time) => time && Date.parse(time) <= now());
  return past.length === 0 || (await ask({
    title: t('pastTitle', { count: past.length }),
    content: h('p', {}, t('pastText')),
    yes: h('button', { class: 'button danger' }, t('pastYes')),
    careful: true,
    send: async () => true,
  })) === true;
}

/** Shows what buyers will see, and publishes: the sale, or null. */
export function publishSale(sale) {
  const opensNow = Date.parse(sale.opensAt) <= now();
  const rows = [['title', sale.title], ['stock', number(sale.stock)],
    ...saleTerms(sale, opensNow ? { opens: t('opensNow') } : {})];
  return ask({
    title: opensNow ? t('pastTitle', { count: 1 }) : t('publishTitle'),
    content: [
      h('p', {}, t(opensNow ? 'publishNowText' : 'publishText')),
      h('dl', { class: 'facts figures' }, termNodes(rows)),
      h('p', {}, h('a', { href: `/sales/${sale.saleId}`, target: '_blank', rel: 'noopener' }, t('preview'))),
    ],
    yes: h('button', { class: 'button danger' }, t(opensNow ? 'pastYes' : 'publishYes')),
    careful: true,
    refusal: 'notPublished',
    send: async () => (await call('POST', `/api/sales/${sale.saleId}/publication`)).json,
  });
}

export function pauseSale(sale) {
  return ask({
    title: t('pauseTitle'),
    content: h('p', {}, t('pauseText')),
    yes: h('button', { class: 'button danger' }, t('pauseYes')),
    careful: true,
    send: async () => (await call('POST', `/api/sales/${sale.saleId}/pause`)).json,
  });
}

export function resumeSale(sale) {
  return ask({
    title: t('resumeTitle'),
    content: h('p', {}, t('resumeText')),
    yes: h('button', { class: 'button' }, t('resumeYes')),
    careful: true,
    send: async () => (await call('DELETE', `/api/sales/${sale.saleId}/pause`)).json,
  });
}

export function endSale(sale) {
  return ask({
    title: t('endTitle'),
    content: h('p', {}, t('endText')),
    yes: h('button', { class: 'button danger' }, t('endYes')),
    careful: true,
    send: async () => (await call('DELETE', `/api/sales/${sale.saleId}`)).json,
  });
}

/** Completes with true once the sale is gone. */
export function deleteDraft(sale) {
  return ask({
    title: t('deleteTitle', { title: sale.title }),
    content: h('p', {}, t('deleteText')),
    yes: h('button', { class: 'button danger' }, t('deleteYes')),
    careful: true,
    async send() {
      await call('DELETE', `/api/sales/${sale.saleId}/draft`);
      return true;
    },
  });
}

/** Postpones all scheduled sales: `{changed, notChanged}`. */
export function postponeSales() {
  const minutes = h('input', { id: 'minutes', type: 'number', required: true, min: 1, max: 999_999, value: 30 });
  return ask({
    title: t('postpone'),
    content: [
      h('p', {}, t('postponeText')),
      h('p', {}, h('label', { for: 'minutes' }, t('minutes')), minutes),
    ],
    yes: h('button', { class: 'button' }, t('postponeYes')),
    send: async () => (await call('POST', '/api/sales/postponement', { body: { by: `PT${minutes.value}M` } })).json,
  });
}

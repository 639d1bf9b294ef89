// Dialogs that change a sale: each returns the changed sale, or null if cancelled.
import { call } from '../common/api.js';
import { h } from '../common/dom.js';
import { t } from '../common/words.js';
import { ask } from './dialog.js';
import { saleFields } from './sale-form.js';

export function editSale(sale) {
  const fields = saleFields(sale);
  return ask({
    title: t('edit'),
    content: fields.nodes,
    yes: h('button', { class: 'button' }, t('save')),
    wide: true,
    async send() {
      const body = fields.values();
      return Object.keys(body).length === 0 ? sale : (await call('PATCH', `/api/sales/${sale.saleId}`, { body })).json;
    },
  });
}

export function endSale(sale) {
  return ask({
    title: t('endTitle'),
    content: h('p', {}, t('endText')),
    yes: h('button', { class: 'button danger' }, t('endYes')),
    send: async () => (await call('DELETE', `/api/sales/${sale.saleId}`)).json,
  });
}

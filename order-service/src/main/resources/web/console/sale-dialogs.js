// What changes a sale, each in a dialog: the sale as it is then, or null where nothing was done.
import { call } from '../common/api.js';
import { h, setText } from '../common/dom.js';
import { t } from '../common/words.js';
import { refused } from './refused.js';
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

function ask({ title, content, yes, send, wide }) {
  return new Promise((resolve) => {
    let result = null;
    const error = h('p', { class: 'error', role: 'alert' });
    const cancel = h('button', { type: 'button', class: 'button quiet', on: { click: () => dialog.close() } }, t('cancel'));
    const dialog = h('dialog', { class: wide ? 'wide-dialog' : '', 'aria-labelledby': 'dialog-title', on: { close } },
      h('h2', { id: 'dialog-title' }, title),
      h('form', { class: 'stack', on: { submit } }, content, error, h('div', { class: 'row' }, yes, cancel)));

    async function submit(event) {
      event.preventDefault();
      try {
        result = await send();
        dialog.close();
      } catch (cause) {
        setText(error, refused(cause));
      }
    }

    function close() {
      dialog.remove();
      resolve(result);
    }

    document.body.append(dialog);
    dialog.showModal();
  });
}

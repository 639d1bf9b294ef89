// Creates a draft, which is published on its own page.
import { call } from '../../common/api.js';
import { h, setText } from '../../common/dom.js';
import { go } from '../../common/router.js';
import { t } from '../../common/words.js';
import { presentationFields } from '../presentation.js';
import { refused } from '../refused.js';
import { saleFields } from '../sale-form.js';

export function newSalePage() {
  const fields = saleFields();
  const presentation = presentationFields();
  const error = h('p', { class: 'error', role: 'alert' });
  const button = h('button', { class: 'button' }, t('makeSale'));
  let busy = false;
  /** Once it exists, only its presentation is still to be saved. */
  let saleId;

  async function submit(event) {
    event.preventDefault();
    if (busy) return;
    busy = true;
    setText(error, '');
    try {
      saleId ??= (await call('POST', '/api/sales', { body: { ...fields.values(), draft: true } })).json.saleId;
      await presentation.save(saleId);
      go(`/console/sales/${saleId}`);
    } catch (cause) {
      busy = false;
      setText(error, refused(cause, 'notSaved'));
    }
  }

  return {
    title: t('newSale'),
    node: h('div', {}, h('h1', {}, t('newSale')),
      h('form', { class: 'card pad stack', on: { submit } }, fields.nodes, presentation.nodes, error, h('p', {}, button))),
  };
}

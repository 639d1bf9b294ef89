// Payments to give back, the oldest first, each until an operator marks it as given back.
import { call } from '../../common/api.js';
import { h, setText } from '../../common/dom.js';
import { repeat, single } from '../../common/pace.js';
import { listEnd, table } from '../../common/parts.js';
import { moment, money, t } from '../../common/words.js';
import { ask } from '../dialog.js';
import { refused } from '../refused.js';

const LOOK_EVERY_MS = 10_000;
const HEAD = ['sale', 'buyer', 'total', 'paymentReference', 'received', 'whatToDo'];

export function refundsPage() {
  const said = h('p', { role: 'status' }, t('loading'));
  const done = h('p', { class: 'done', role: 'status' });
  const list = h('div', {});
  const node = h('div', {}, h('h1', {}, t('refunds')), h('p', { class: 'soft' }, t('refundsHint')), said, done, list);
  let drawn = '';

  const look = single(async () => {
    const { json } = await call('GET', '/api/refunds');
    setText(said, json.refunds.length === 0 ? t('noRefunds') : '');
    const text = JSON.stringify(json);
    if (text === drawn) return;
    drawn = text;
    list.replaceChildren(...(json.refunds.length === 0 ? [] : [table(t('refunds'), HEAD, json.refunds, row, bare)]),
      ...listEnd(json.complete));
  }, (cause) => setText(said, refused(cause)));

  function row(refund) {
    return h('tr', {},
      h('th', { scope: 'row' }, refund.saleId ? h('a', { href: `/console/sales/${refund.saleId}` }, refund.title) : t('noSale')),
      h('td', {}, refund.buyer),
      h('td', {}, refund.totalCents === null ? t('unknownTotal') : money(refund.totalCents, refund.currency)),
      h('td', { class: 'order-id' }, h('a', { href: `/console/orders/${refund.orderId}` }, refund.reference)),
      h('td', {}, moment(refund.receivedAt)),
      h('td', {}, h('button', { type: 'button', class: 'button quiet mark', on: { click: () => mark(refund) } }, t('markRefunded'))));
  }

  async function mark(refund) {
    setText(done, '');
    const note = h('input', { id: 'note', maxlength: 200 });
    const marked = await ask({
      title: t('markRefundedTitle', { buyer: refund.buyer }),
      content: [h('p', {}, t('markRefundedText', { reference: refund.reference })),
        h('p', {}, h('label', { for: 'note' }, t('refundNote')), note)],
      yes: h('button', { class: 'button' }, t('markRefunded')),
      async send() {
        const { orderId, reference } = refund;
        const text = note.value.trim();
        await call('POST', '/api/refunds', { body: { orderId, reference, ...(text === '' ? {} : { note: text }) } });
        return true;
      },
    });
    if (!marked) return;
    await look();
    setText(done, t('refundMarked'));
  }

  const stopLooking = repeat(LOOK_EVERY_MS, look);
  look();
  return { title: t('refunds'), node, stop: stopLooking };
}

function bare(refund) {
  return h('tr', {}, h('th', { scope: 'row' }, refund.reference));
}

// Fields of a sale for creating and editing: the form uses display units, the request the API's units.
import { h } from '../common/dom.js';
import { fractionDigits, isCurrency } from '../common/facts.js';
import { number, t } from '../common/words.js';

const DEFAULTS = { title: '', priceCents: 4900, currency: 'EUR', stock: 100, perBuyerLimit: 1, holdSeconds: 600, counter: 'redis' };

/**
 * The form's rows and `values()`, which returns the changed fields (all for a new sale), or throws an Error with what is
 * wrong.
 */
export function saleFields(sale) {
  const from = sale ?? DEFAULTS;
  const input = (id, value, more) => h('input', { id, value, required: true, ...more });
  const title = input('title', from.title, { maxlength: 200 });
  const price = input('price', from.priceCents / 10 ** fractionDigits(from.currency), { type: 'number', min: 0, step: 'any' });
  const currency = input('currency', from.currency, { pattern: '[A-Z]{3}', maxlength: 3, size: 3, autocapitalize: 'characters' });
  const stock = input('stock', from.stock, { type: 'number', min: 1, max: 100_000_000 });
  const perBuyer = input('per-buyer', from.perBuyerLimit, { type: 'number', min: 1, max: 100 });
  const hold = input('hold', from.holdSeconds, { type: 'number', min: 1 });
  const opens = input('opens', local(sale?.opensAt), { type: 'datetime-local', step: 1, required: sale !== undefined });
  const closes = input('closes', local(sale?.closesAt), { type: 'datetime-local', step: 1, required: false });
  const counter = h('select', { id: 'counter' }, ['redis', 'memcached'].map((kind) => h('option', {}, kind)));
  const raffle = h('select', { id: 'raffle' }, [['', 'toAll'], ['true', 'raffled']].map(([value, text]) => h('option', { value }, t(text))));
  const admit = input('admit', '', { type: 'number', min: 1, max: 10_000, required: false });
  const work = input('work', 0, { type: 'number', min: 0, max: 24, required: false });
  const row = (text, field, hint) => h('p', {}, h('label', { for: field.id }, t(text)), field,
    hint && h('span', { class: 'soft fine' }, t(hint)));
  const nodes = h('div', { class: 'fields' },
    row('title', title),
    row('price', price),
    sale ? null : row('currency', currency),
    row('stock', stock),
    row('perBuyer', perBuyer),
    row('holdSeconds', hold),
    !sale || sale.state === 'DRAFT' || sale.state === 'SCHEDULED' ? row('opens', opens, sale ? null : 'opensHint') : null,
    row('ends', closes, 'endsHint'),
    sale ? null : row('counter', counter),
    sale ? null : row('soldHow', raffle, 'raffleHint'),
    sale ? null : row('admitPerSecond', admit, 'admitHint'),
    sale ? null : row('workBits', work, 'workHint'));

  const fields = { title, priceCents: price, stock, perBuyerLimit: perBuyer, holdSeconds: hold, opensAt: opens, closesAt: closes };
  // As the browser returns them: it shortens a time on a whole minute.
  const shown = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.value]));

  function values() {
    if (!sale && !isCurrency(currency.value)) throw wrong(currency, t('wrongCurrency'));
    const digits = fractionDigits(currency.value);
    const amount = Number(price.value);
    if (Number(amount.toFixed(digits)) !== amount) {
      throw wrong(price, t('wrongPrice', { currency: currency.value, digits: number(digits) }));
    }
    const all = {
      title: title.value.trim(),
      priceCents: Math.round(amount * 10 ** digits),
      stock: Number(stock.value),
      perBuyerLimit: Number(perBuyer.value),
      holdSeconds: Number(hold.value),
      opensAt: instant(opens.value),
      closesAt: instant(closes.value),
    };
    if (!sale && raffle.value && admit.value !== '') throw wrong(admit, t('raffleOrRoom'));
    if (!sale && raffle.value && opens.value === '') throw wrong(opens, t('raffleOpens'));
    if (!sale) {
      return { ...all, currency: currency.value, counter: counter.value, waitingRoom: room(admit.value, work.value), raffle: raffle.value !== '' };
    }
    return Object.fromEntries(Object.entries(all).filter(([name]) => fields[name].value !== shown[name]));
  }

  return { nodes, values };
}

function wrong(field, text) {
  field.focus();
  return new Error(text);
}

/** Null for an empty field: a sale without a waiting room. */
function room(admitPerSecond, workBits) {
  return admitPerSecond === '' ? null : { admitPerSecond: Number(admitPerSecond), workBits: Number(workBits) };
}

/** Null for an empty field: an opening now, or no scheduled end. An invalid time is passed on, to be rejected. */
function instant(text) {
  const time = new Date(text);
  if (text === '') return null;
  return Number.isNaN(time.getTime()) ? text : time.toISOString();
}

/** Local time as the browser's date-time field expects it. */
function local(instant) {
  if (!instant) return '';
  const time = new Date(instant);
  if (Number.isNaN(time.getTime())) return '';
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}

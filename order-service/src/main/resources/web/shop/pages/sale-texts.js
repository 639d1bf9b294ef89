// Texts of the sale's page for the results of `truth`.
import { now } from '../../common/clock.js';
import { countdown, money, t, timeLeft } from '../../common/words.js';

const WAITING = { busy: 'placingBusy', lost: 'placingLost', pending: 'placingPending' };
const REFUSALS = {
  'sold-out': 'refusedSoldOut',
  'not-enough-left': 'refusedNotEnough',
  'limit-reached': 'refusedLimit',
  'sale-not-open': 'refusedNotOpen',
  'sale-closed': 'refusedClosed',
};

export function buttonText(found, sale) {
  switch (found.kind) {
    case 'placing': return placingText(found.placing);
    case 'yours': return found.left > 0 ? t('yours', { time: timeLeft(found.left) }) : t('yoursLate');
    case 'limit': return t('limitReached');
    case 'ended': return t('saleEnded');
    case 'opens': return t('opensIn', { time: countdown(found.left) });
    case 'opening': return t('opening');
    case 'sold-out': return t('soldOut');
    case 'might-return': return t('soldOutHeld', { held: found.held });
    default: return t('buy', { price: money(sale.priceCents, sale.currency) });
  }
}

function placingText({ why, until }) {
  return why === null ? t('placing') : t(WAITING[why], { time: countdown(until - now()) });
}

export function hintText(found) {
  switch (found.kind) {
    case 'placing': return t('keepPage');
    case 'sold-out': return found.known ? t('soldOutHint') : '';
    case 'might-return': return found.left > 0 ? t('heldHint', { time: countdown(found.left) }) : t('heldHintSoon');
    default: return '';
  }
}

/** The text after an order was placed or refused. */
export function afterOutcome({ order, problem, unheard, tooOld }) {
  if (order) return t('nowYours');
  if (unheard) return t('unheard');
  if (tooOld) return t('tooOld');
  const key = REFUSALS[problem.slug];
  return key ? t(key) : t('refusedOther', { detail: problem.message });
}

// Texts of the sale's page for the results of `truth`.
import { now } from '../../common/clock.js';
import { reasonOf } from '../../common/problems.js';
import { endKind } from '../../common/sale-end.js';
import { countdown, moment, money, number, t, timeLeft } from '../../common/words.js';

const WAITING = { busy: 'placingBusy', lost: 'placingLost', pending: 'placingPending' };
const REFUSALS = {
  'sold-out': 'refusedSoldOut',
  'not-enough-left': 'refusedNotEnough',
  'limit-reached': 'refusedLimit',
  'sale-not-open': 'refusedNotOpen',
  'sale-paused': 'refusedPaused',
  'sale-closed': 'refusedClosed',
  'queue-pass-required': 'refusedPass',
  'raffle-only': 'notEnteredHint',
  'raffle-closed': 'notEnteredHint',
};

export function buttonText(found, sale) {
  switch (found.kind) {
    case 'placing': return placingText(found.placing);
    case 'yours': return found.left > 0 ? t('yours', { time: timeLeft(found.left) }) : t('yoursLate');
    case 'limit': return t('limitReached');
    case 'ended': return t('saleEnded');
    case 'draft': return t('draft');
    case 'paused': return t('paused');
    case 'opens': return t('opensIn', { time: countdown(found.left) });
    case 'opening': return t('opening');
    case 'enter': return t('enterRoom');
    case 'lobby': return found.left > 0 ? t('opensIn', { time: countdown(found.left) }) : t('opening');
    case 'queue': return found.place.place === 'QUEUE' ? t('inQueue', { number: number(found.place.ahead + 1) }) : t('drawing');
    case 'enter-raffle': return t('enterRaffle');
    case 'entered': return t('drawnIn', { time: countdown(found.left) });
    case 'drawing': return t('drawing');
    case 'next': return t('raffleNext', { place: number(found.place) });
    case 'not-entered': return t('notEntered');
    case 'raffle-over': return t('raffleOver');
    case 'stand-by': return t('standBy');
    case 'standby': return t('standbyPlace', { place: number(found.place.ahead + 1) });
    case 'sold-out': return t('soldOut');
    case 'might-return': return t('soldOutHeld', { held: found.held });
    default: return t('buy', { price: money(sale.priceCents, sale.currency) });
  }
}

function placingText({ why, until }) {
  return why === null ? t('placing') : t(WAITING[why], { time: countdown(until - now()) });
}

/** loggedIn: without, the page does not know what the buyer ordered */
export function hintText(found, sale, loggedIn) {
  const visitor = loggedIn || sale.state === 'SCHEDULED' || sale.state === 'DRAFT' ? '' : t('notLoggedIn');
  return [kindHint(found), visitor].filter((text) => text !== '').join(' ');
}

function kindHint(found) {
  switch (found.kind) {
    case 'placing': return t('keepPage');
    case 'draft': return t('draftHint');
    case 'paused': return t('pausedHint');
    case 'enter': return found.left > 0 ? t('enterEarlyHint', { time: countdown(found.left) }) : t('enterHint');
    case 'enter-raffle': return t('enterRaffleHint', { time: countdown(found.left) });
    case 'entered': return t('enteredHint');
    case 'drawing': return t('enteredHint');
    case 'next': return t('raffleNextHint');
    case 'not-entered': return t('notEnteredHint');
    case 'stand-by': return t('standByHint', { held: found.held });
    case 'standby': return t('standbyHint');
    case 'lobby': return t('lobbyHint');
    case 'queue': return queueHint(found.place);
    case 'buy': return found.passLeft ? t('yourTurn', { time: timeLeft(found.passLeft) }) : '';
    case 'sold-out': return found.known ? t('soldOutHint') : '';
    case 'might-return': return found.left > 0 ? t('heldHint', { time: countdown(found.left) }) : t('heldHintSoon');
    default: return '';
  }
}

function queueHint({ place, ahead, estimatedSeconds }) {
  if (place !== 'QUEUE') return t('queueKeeps');
  return `${t('queueAhead', { people: number(ahead), time: countdown(estimatedSeconds * 1000) })} ${t('queueKeeps')}`;
}

/** The result of the last order. */
export function outcomeText(outcome) {
  switch (outcome?.kind) {
    case undefined: return '';
    case 'order': return outcome.status === 'RESERVED' ? t('nowYours') : t(`text${outcome.status}`);
    case 'unheard': return t('unheard');
    case 'too-old': return t('tooOld');
    case 'logged-out': return t('loggedOut');
    case 'room-away': return t('roomAway');
    default: {
      const key = REFUSALS[outcome.problem.slug];
      return key ? t(key) : t('refusedOther', { detail: reasonOf(outcome.problem) });
    }
  }
}

/** Name and value of each fact about the sale. */
export function factsOf(sale) {
  const hold = sale.holdSeconds % 60 === 0
    ? t('minutes', { minutes: sale.holdSeconds / 60 })
    : t('seconds', { seconds: sale.holdSeconds });
  const facts = [[t('perBuyer'), number(sale.perBuyerLimit)], [t('hold'), hold], [t('opens'), moment(sale.opensAt)]];
  switch (endKind(sale, now())) {
    case 'open': return [...facts, [t('ends'), t('openEnd')]];
    case 'planned': return [...facts, [t('ends'), moment(sale.closesAt)]];
    case 'reached': return [...facts, [t('ended'), moment(sale.closesAt)]];
    default: return facts;
  }
}

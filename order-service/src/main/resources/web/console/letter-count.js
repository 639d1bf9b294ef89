// Detects new or removed dead letters by the queues' depths, without fetching any.
import { call } from '../common/api.js';
import { h, setText, show } from '../common/dom.js';
import { repeat } from '../common/pace.js';
import { onSession, session } from '../common/session.js';
import { number, t } from '../common/words.js';

const EVERY_MS = 2_000;

/**
 * Calls `changed` if the number of dead letters differs from the number shown in two readings in a row: while another
 * client fetches them there seem to be fewer. Returns `{seen(count), stop}`; seen receives the number fetched, null
 * if incomplete.
 */
export function watchLetters(changed) {
  let known = null;
  let before = null;
  const stop = repeat(EVERY_MS, async () => {
    const now = await count();
    if (now === null) return;
    const settled = now === before;
    before = now;
    if (!settled || now === known) return;
    const first = known === null;
    if (!first) await changed();
    // even if the last fetch differed: one number causes one fetch only
    known = now;
  });
  return { seen: (count) => { known = count; }, stop };
}

const BADGE_EVERY_MS = 10_000;

/** Shows the number of dead letters at the navigation's entry, on every page. */
export function startLetterBadge() {
  const badge = h('span', { class: 'badge', hidden: true });
  const entry = document.querySelector('nav a[href="/console/dead-letters"]');
  const look = async () => {
    const letters = session() === null ? 0 : await count();
    if (letters === null) return;
    show(badge, letters > 0);
    setText(badge, number(letters));
    if (letters > 0) entry.setAttribute('aria-label', `${t('deadLetters')}: ${number(letters)}`);
    else entry.removeAttribute('aria-label');
  };
  entry.append(badge);
  repeat(BADGE_EVERY_MS, look);
  onSession(look);
  look();
}

/** Null if unknown. */
async function count() {
  try {
    const { queues, missing } = (await call('GET', '/api/operations')).json;
    return missing.includes('queues') ? null : queues.deadLetters + queues.unrouted + queues.undelivered;
  } catch {
    // the banner shows the lost connection; the next reading follows soon
    return null;
  }
}

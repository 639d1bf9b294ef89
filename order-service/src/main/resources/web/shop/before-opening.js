// What a buyer can do before a sale opens: log in, and ask for a mail before the opening.
import { call, Problem } from '../common/api.js';
import { now } from '../common/clock.js';
import { h, setText, show } from '../common/dom.js';
import { facts } from '../common/facts.js';
import { reasonOf } from '../common/problems.js';
import { buyer, onSession } from '../common/session.js';
import { t } from '../common/words.js';
import { askWho } from './log-in.js';

/** `{node, take(sale), stop}`; `take` is called whenever the sale or the time has changed. */
export function beforeOpening(saleId) {
  const path = `/api/sales/${saleId}/reminder`;
  const logIn = h('button', { type: 'button', class: 'button quiet', on: { click: () => askWho() } }, t('logInEarly'));
  const remind = h('button', { type: 'button', class: 'button quiet remind', on: { click: press } });
  const said = h('p', { class: 'soft', role: 'status' });
  const node = h('div', { class: 'stack before-opening', hidden: true }, logIn, remind, said);
  const stopSession = onSession(look);
  let wanted = false;
  look();

  function take(sale) {
    const minutes = facts.reminderMinutes;
    const early = sale.state === 'SCHEDULED' && Date.parse(sale.opensAt) - now() > minutes * 60_000;
    show(node, sale.state === 'SCHEDULED');
    show(logIn, buyer() === undefined);
    show(remind, minutes > 0 && early);
    setText(remind, wanted ? t('reminderCancel') : t('remindMe', { minutes }));
    if (wanted && early) setText(said, t('reminderComes', { minutes }));
  }

  async function look() {
    wanted = false;
    setText(said, '');
    if (buyer() === undefined || facts.reminderMinutes === 0) return;
    try {
      wanted = (await call('GET', path)).json.wanted;
    } catch {
      // The banner shows it; the button asks again.
    }
  }

  async function press() {
    if (buyer() === undefined && !(await askWho())) return;
    const wish = !wanted;
    try {
      wanted = (await call('PUT', path, { body: { wanted: wish } })).json.wanted;
      setText(said, wanted ? t('reminderComes', { minutes: facts.reminderMinutes }) : '');
    } catch (cause) {
      setText(said, cause instanceof Problem && !cause.passes ? t('reminderRefused', { detail: reasonOf(cause) }) : t('notHeard'));
    }
  }

  return { node, take, stop: stopSession };
}

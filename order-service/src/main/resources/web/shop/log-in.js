// Log-in: a name if the demo log-in is enabled, otherwise a link to the shop, or a note where to log in.
import { call, Problem } from '../common/api.js';
import { h, setText } from '../common/dom.js';
import { logIn } from '../common/session.js';
import { t } from '../common/words.js';
import { facts } from '../common/facts.js';

const NAME_LENGTH_MAX = 64;

/** The shop brings the buyer back to this page, logged in: see hand-over.js. */
function elsewhere(cancel) {
  if (facts.shopUrl === '') return h('div', {}, h('p', {}, t('logInElsewhere')), cancel);
  const href = `${facts.shopUrl}?to=${encodeURIComponent(location.pathname)}`;
  return h('div', {}, h('p', {}, t('logInAtShop')),
    h('div', { class: 'row' }, h('a', { class: 'button', href, target: '_self' }, t('logIn')), cancel));
}

/** Says that the log-in of the shop was refused. */
export function showRefused(detail) {
  const close = h('button', { type: 'button', class: 'button', on: { click: () => dialog.close() } }, t('cancel'));
  const dialog = h('dialog', { 'aria-labelledby': 'refused-title', on: { close: () => dialog.remove() } },
    h('h2', { id: 'refused-title' }, t('logInTitle')), h('p', { class: 'error' }, t('handOverRefused', { detail })), close);
  document.body.append(dialog);
  dialog.showModal();
}

/** Asks for a name; true once logged in, false if cancelled. Restores the focus. */
export function askWho() {
  return new Promise((resolve) => {
    const error = h('p', { class: 'error', role: 'alert' });
    const name = h('input', {
      id: 'who', name: 'name', required: true, maxlength: NAME_LENGTH_MAX, autocomplete: 'username', autocapitalize: 'none',
    });
    const cancel = h('button', { type: 'button', class: 'button quiet', on: { click: () => dialog.close('') } }, t('cancel'));
    const form = facts.demoLogin
      ? h('form', { on: { submit } },
        h('p', { class: 'soft' }, t('logInHint')),
        h('p', {}, h('label', { for: 'who' }, t('logInName')), name),
        error,
        h('div', { class: 'row' }, h('button', { class: 'button' }, t('logIn')), cancel))
      : elsewhere(cancel);
    const dialog = h('dialog', { 'aria-labelledby': 'who-title', on: { close } },
      h('h2', { id: 'who-title' }, t('logInTitle')), form);

    async function submit(event) {
      event.preventDefault();
      const wanted = name.value.trim();
      if (wanted === '') return;
      try {
        const { json } = await call('POST', '/api/sessions', { body: { name: wanted } });
        logIn(wanted, json);
        dialog.close('in');
      } catch (cause) {
        setText(error, cause instanceof Problem && !cause.passes ? t('logInRefused') : t('notHeard'));
      }
    }

    function close() {
      dialog.remove();
      resolve(dialog.returnValue === 'in');
    }

    document.body.append(dialog);
    dialog.showModal();
  });
}

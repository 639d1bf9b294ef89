// Log-in: a name if the demo log-in is enabled, otherwise a note where to log in.
import { call, Problem } from '../common/api.js';
import { h, setText } from '../common/dom.js';
import { logIn } from '../common/session.js';
import { t } from '../common/words.js';
import { facts } from '../common/facts.js';

const NAME_LENGTH_MAX = 64;

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
      : h('div', {}, h('p', {}, t('logInElsewhere')), cancel);
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

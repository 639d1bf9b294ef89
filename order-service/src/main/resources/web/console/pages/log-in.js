// Shown at every URL until an operator is logged in.
import { call, Problem } from '../../common/api.js';
import { h, setText } from '../../common/dom.js';
import { facts } from '../../common/facts.js';
import { logIn } from '../../common/session.js';
import { t } from '../../common/words.js';

const OPERATOR = 'operator';

export function logInPage() {
  const error = h('p', { class: 'error', role: 'alert' });
  const name = h('input', {
    id: 'name', required: true, maxlength: 64, autocomplete: 'username', autocapitalize: 'none', value: OPERATOR,
  });
  const password = h('input', {
    id: 'password', type: 'password', required: true, maxlength: 200, autocomplete: 'current-password',
  });
  const form = h('form', { class: 'card pad log-in stack', on: { submit } },
    h('p', {}, h('label', { for: 'name' }, t('operatorName')), name),
    h('p', {}, h('label', { for: 'password' }, t('password')), password),
    error,
    h('p', {}, h('button', { class: 'button' }, t('logIn'))),
    facts.demoLogin && h('p', { class: 'soft fine' }, t('passwordHint')));

  async function submit(event) {
    event.preventDefault();
    setText(error, '');
    try {
      const { json } = await call('POST', '/api/sessions', { body: { name: name.value.trim(), password: password.value } });
      logIn(name.value.trim(), json);
    } catch (cause) {
      setText(error, t(refusal(cause)));
      password.select();
    }
  }

  return { title: t('logIn'), node: h('div', {}, h('h1', {}, t('logInTitle')), form) };
}

function refusal(cause) {
  if (cause instanceof Problem && cause.status === 401) return 'wrongPassword';
  return cause instanceof Problem && cause.status === 429 ? 'tooManyAttempts' : 'notHeard';
}

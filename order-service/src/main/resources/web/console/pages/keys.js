// Keys of programs: created with scopes, shown once, revoked.
import { call } from '../../common/api.js';
import { h, setText } from '../../common/dom.js';
import { listEnd, table } from '../../common/parts.js';
import { now } from '../../common/clock.js';
import { moment, t } from '../../common/words.js';
import { ask } from '../dialog.js';
import { refused } from '../refused.js';

const SCOPES = ['sales:read', 'sales:write', 'orders:read', 'orders:write', 'refunds:write', 'payments:write',
  'operations:read', 'dead-letters:write', 'audit:read'];
const HEAD = ['keyName', 'state', 'keyId', 'scopes', 'created', 'expires', 'whatToDo'];

export function keysPage() {
  const said = h('p', { class: 'section', role: 'status' }, t('loading'));
  const error = h('p', { class: 'error', role: 'alert' });
  const secret = h('div', { class: 'notice new-key', role: 'status', hidden: true });
  const name = h('input', { id: 'key-name', required: true, maxlength: 40, pattern: '[A-Za-z0-9][A-Za-z0-9 ._\\-]{0,39}', autocomplete: 'off' });
  const expires = h('input', { id: 'key-expires', type: 'datetime-local', step: 1 });
  const scopes = h('fieldset', { class: 'choices' }, h('legend', {}, t('scopes')), SCOPES.map((scope) => h('label', { class: 'choice' },
    h('input', { type: 'checkbox', value: scope }), h('code', {}, scope))));
  const form = h('form', { class: 'card pad stack', on: { submit } },
    h('div', { class: 'fields even' },
      h('p', {}, h('label', { for: 'key-name' }, t('keyName')), name),
      h('p', {}, h('label', { for: 'key-expires' }, t('keyExpires')), expires)),
    scopes, error, h('p', {}, h('button', { class: 'button' }, t('createKey'))));
  const list = h('div', { class: 'section' });
  const node = h('div', {}, h('h1', {}, t('keys')), h('p', { class: 'soft' }, t('keysHint')), secret, form, said, list);
  let busy = false;

  async function look() {
    try {
      const { keys, complete } = (await call('GET', '/api/keys')).json;
      setText(said, keys.length === 0 ? t('noKeys') : '');
      list.replaceChildren(...(keys.length === 0 ? [] : [table(t('keys'), HEAD, keys, row, bare, 'texts')]), ...listEnd(complete));
    } catch (cause) {
      setText(said, refused(cause));
    }
  }

  async function submit(event) {
    event.preventDefault();
    if (busy) return;
    busy = true;
    setText(error, '');
    const chosen = [...scopes.querySelectorAll('input:checked')].map((box) => box.value);
    try {
      if (chosen.length === 0) {
        setText(error, t('chooseScope'));
        return;
      }
      const expiresAt = expires.value === '' ? null : new Date(expires.value).toISOString();
      const { json } = await call('POST', '/api/keys', { body: { name: name.value, scopes: chosen, expiresAt } });
      secret.replaceChildren(h('p', {}, t('keyOnce', { name: json.name })), h('pre', { class: 'code', tabindex: '0' }, json.key));
      secret.hidden = false;
      form.reset();
      await look();
    } catch (cause) {
      setText(error, refused(cause, 'notSaved'));
    } finally {
      busy = false;
    }
  }

  async function revoke(key) {
    const revoked = await ask({
      title: t('revokeTitle', { name: key.name }),
      content: h('p', {}, t('revokeText')),
      yes: h('button', { class: 'button danger' }, t('revokeYes')),
      careful: true,
      async send() {
        await call('DELETE', `/api/keys/${key.id}`);
        return true;
      },
    });
    if (revoked) await look();
  }

  function row(key) {
    const state = key.revokedAt ? 'keyRevoked' : key.expiresAt && Date.parse(key.expiresAt) <= now() ? 'keyExpired' : 'keyValid';
    return h('tr', {},
      h('th', { scope: 'row' }, key.name),
      h('td', {}, h('span', { class: `chip ${state === 'keyValid' ? 'good' : ''}` }, t(state))),
      h('td', {}, h('code', {}, key.id)),
      h('td', { class: 'audit-request' }, h('code', {}, key.scopes.join(', '))),
      h('td', {}, `${moment(key.createdAt)} · ${key.createdBy}`),
      h('td', {}, key.expiresAt ? moment(key.expiresAt) : '–'),
      h('td', {}, state === 'keyValid'
        ? h('button', { type: 'button', class: 'button danger revoke', 'aria-label': `${t('revoke')}: ${key.name} ${key.id}`, on: { click: () => revoke(key) } }, t('revoke'))
        : key.revokedAt ? `${moment(key.revokedAt)} · ${key.revokedBy}` : '–'));
  }

  look();
  return { title: t('keys'), node };
}

function bare(key) {
  return h('tr', {}, h('th', { scope: 'row' }, key.name), h('td', {}, key.id));
}

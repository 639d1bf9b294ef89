// The head of every page.
import { h } from '../common/dom.js';
import { go } from '../common/router.js';
import { buyer, logOut, onSession } from '../common/session.js';
import { chooseLanguage, currentLanguage, t } from '../common/words.js';
import { askWho } from './log-in.js';
import { names } from './words/index.js';

export function startTop() {
  const account = h('div', { class: 'account' });
  document.getElementById('top').replaceChildren(
    h('a', { class: 'skip', href: '#main' }, t('skip')),
    h('div', { class: 'top-row' },
      h('a', { class: 'brand', href: '/' }, h('img', { src: icon(), alt: '', width: 28, height: 28 }), 'Doorbuster'),
      h('nav', { 'aria-label': t('navigation') },
        h('a', { href: '/' }, t('sales')),
        h('a', { href: '/orders' }, t('myOrders'))),
      language(),
      account));
  const draw = () => account.replaceChildren(...accountParts());
  onSession(draw);
  draw();
}

function icon() {
  return new URL('../common/icon.svg', import.meta.url).pathname;
}

function language() {
  const other = Object.keys(names).filter((tag) => tag !== currentLanguage());
  return h('div', { class: 'language', role: 'group', 'aria-label': t('language') },
    other.map((tag) => h('button', {
      type: 'button', class: 'button plain', lang: tag, on: { click: () => chooseLanguage(tag) },
    }, names[tag])));
}

function accountParts() {
  const name = buyer();
  if (name === undefined) {
    return [h('button', { type: 'button', class: 'button quiet', on: { click: () => askWho() } }, t('logIn'))];
  }
  return [
    h('span', { class: 'account-name', title: name }, h('span', { class: 'unseen' }, t('loggedInAs', { name })),
      h('span', { 'aria-hidden': 'true' }, name)),
    h('button', { type: 'button', class: 'button plain', on: { click: leave } }, t('logOut')),
  ];
}

function leave() {
  logOut();
  go('/');
}

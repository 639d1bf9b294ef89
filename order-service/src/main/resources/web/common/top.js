// The header of every page.
import { h } from './dom.js';
import { logOut, onSession, session } from './session.js';
import { chooseLanguage, currentLanguage, LANGUAGES, t } from './words.js';

/**
 * Renders the header.
 * brand: the name beside the icon; home: target of both; links: `[{href, text}, …]`, text by key; visitor: shown
 * while logged out; left: called after a log-out
 */
export function startTop({ brand, home, links, visitor = () => [], left = () => {} }) {
  const account = h('div', { class: 'account' });
  document.getElementById('top').replaceChildren(
    h('a', { class: 'skip', href: '#main' }, t('skip')),
    h('div', { class: 'top-row' },
      h('a', { class: 'brand', href: home }, h('img', { src: icon(), alt: '', width: 28, height: 28 }), h('span', {}, brand)),
      h('nav', { 'aria-label': t('navigation') }, links.map(({ href, text }) => h('a', { href }, t(text)))),
      language(),
      account));
  const draw = () => account.replaceChildren(...(session() === null ? visitor() : user(session().label ?? session().name, left)));
  onSession(draw);
  draw();
}

function icon() {
  return new URL('./icon.svg', import.meta.url).pathname;
}

function language() {
  const others = Object.keys(LANGUAGES).filter((tag) => tag !== currentLanguage());
  return h('div', { class: 'language', role: 'group', 'aria-label': t('language') },
    others.map((tag) => h('button', {
      type: 'button', class: 'button plain', lang: tag, on: { click: () => chooseLanguage(tag) },
    }, LANGUAGES[tag])));
}

function user(name, left) {
  const leave = () => {
    logOut();
    left();
  };
  return [
    h('span', { class: 'account-name', title: name }, h('span', { class: 'unseen' }, t('loggedInAs', { name })),
      h('span', { 'aria-hidden': 'true' }, name)),
    h('button', { type: 'button', class: 'button plain', on: { click: leave } }, t('logOut')),
  ];
}

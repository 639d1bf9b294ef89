// Entry point of the storefront: language, clock, header, pages.
import { h } from '../common/dom.js';
import { learnFacts } from '../common/facts.js';
import { takeHandedOver } from '../common/hand-over.js';
import { go, startRouter } from '../common/router.js';
import { setLostText } from '../common/status.js';
import { startTop } from '../common/top.js';
import { t, useWords } from '../common/words.js';
import { askWho, showRefused } from './log-in.js';
import { startOwnEvents } from './own-events.js';
import { notFoundPage } from './pages/not-found.js';
import { orderPage } from './pages/order.js';
import { ordersPage } from './pages/orders.js';
import { salePage } from './pages/sale.js';
import { salesPage } from './pages/sales.js';
import english from './words/en.js';
import chinese from './words/zh.js';

const handedOver = takeHandedOver();
useWords({ en: english, zh: chinese });
setLostText(t('lost'));
startTop({
  brand: 'Doorbuster',
  home: '/',
  links: [{ href: '/', text: 'sales' }, { href: '/orders', text: 'myOrders' }],
  visitor: () => [h('button', { type: 'button', class: 'button quiet', on: { click: () => askWho() } }, t('logIn'))],
  left: () => go('/'),
});
await learnFacts();
startOwnEvents();
startRouter({
  pages: [
    [/^\/$/, salesPage],
    [/^\/sales\/([a-z2-7]{16})$/, salePage],
    [/^\/orders$/, ordersPage],
    [/^\/orders\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/, orderPage],
  ],
  notFound: notFoundPage,
  title: (title) => `${title} · Doorbuster`,
});
const refused = await handedOver;
if (refused !== undefined) showRefused(refused);

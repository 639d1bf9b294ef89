// The storefront begins here: language, clock, head, pages.
import { startRouter } from '../common/router.js';
import { setLostText } from '../common/status.js';
import { loadWords, t } from '../common/words.js';
import { learnFacts } from '../common/facts.js';
import { startOwnEvents } from './own-events.js';
import { notFoundPage } from './pages/not-found.js';
import { orderPage } from './pages/order.js';
import { ordersPage } from './pages/orders.js';
import { salePage } from './pages/sale.js';
import { salesPage } from './pages/sales.js';
import { startTop } from './top.js';
import { languages } from './words/index.js';

await loadWords(languages);
setLostText(t('lost'));
startTop();
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

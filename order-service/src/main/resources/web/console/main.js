// Entry point of the operator's console: language, clock, header, pages. Without an operator every URL shows the
// log-in.
import { learnFacts } from '../common/facts.js';
import { takeHandedOver } from '../common/hand-over.js';
import { renew, startRouter } from '../common/router.js';
import { onSession, session } from '../common/session.js';
import { setLostText } from '../common/status.js';
import { startTop } from '../common/top.js';
import { t, useWords } from '../common/words.js';
import { startLetterBadge } from './letter-count.js';
import { routes } from './routes.js';
import { logInPage } from './pages/log-in.js';
import { notFoundPage } from './pages/not-found.js';
import english from './words/en.js';
import chinese from './words/zh.js';

await takeHandedOver();
useWords({ en: english, zh: chinese });
setLostText(t('lost'));
startTop({ brand: t('console'), home: '/console', links: routes.map(({ entry }) => entry).filter(Boolean) });
await learnFacts();
startLetterBadge();
startRouter({
  pages: routes.map(({ pattern, page }) => [pattern, forOperator(page)]),
  notFound: forOperator(notFoundPage),
  title: (title) => `${title} · Doorbuster`,
});
onSession(renew);

function forOperator(page) {
  return (...parts) => (session() === null ? logInPage() : page(...parts));
}

// Routes of the console: URL pattern, page, and its navigation entry if any. A page is a function of the pattern's
// groups that returns `{title, node, stop}`; one file each.
import { auditPage } from './pages/audit.js';
import { deadLettersPage } from './pages/dead-letters.js';
import { importPage } from './pages/import.js';
import { keysPage } from './pages/keys.js';
import { learnPage } from './pages/learn.js';
import { newSalePage } from './pages/new-sale.js';
import { orderPage } from './pages/order.js';
import { ordersPage } from './pages/orders.js';
import { raceLabPage } from './pages/race-lab.js';
import { raceStepsPage } from './pages/race-steps.js';
import { refundsPage } from './pages/refunds.js';
import { reportPage } from './pages/report.js';
import { salePage } from './pages/sale.js';
import { salesPage } from './pages/sales.js';
import { servicesPage } from './pages/services.js';

export const routes = [
  { pattern: /^\/console\/?$/, page: salesPage, entry: { href: '/console', text: 'sales' } },
  { pattern: /^\/console\/new-sale$/, page: newSalePage, entry: { href: '/console/new-sale', text: 'newSale' } },
  { pattern: /^\/console\/import$/, page: importPage, entry: { href: '/console/import', text: 'importSales' } },
  { pattern: /^\/console\/refunds$/, page: refundsPage, entry: { href: '/console/refunds', text: 'refunds' } },
  { pattern: /^\/console\/report$/, page: reportPage, entry: { href: '/console/report', text: 'report' } },
  { pattern: /^\/console\/race-lab$/, page: raceLabPage, entry: { href: '/console/race-lab', text: 'raceLab' } },
  // before the lessons, whose pattern matches it too
  { pattern: /^\/console\/learn\/race(?:\/([a-z-]+)(?:\/([AB1-9-]+))?)?$/, page: raceStepsPage },
  { pattern: /^\/console\/learn(?:\/([a-z-]+))?$/, page: learnPage, entry: { href: '/console/learn', text: 'learn' } },
  { pattern: /^\/console\/sales\/([a-z2-7]{16})$/, page: salePage },
  { pattern: /^\/console\/sales\/([a-z2-7]{16})\/orders$/, page: ordersPage },
  { pattern: /^\/console\/sales\/([a-z2-7]{16})\/audit$/, page: auditPage },
  { pattern: /^\/console\/orders\/([0-9a-fA-F-]{36})$/, page: orderPage },
  { pattern: /^\/console\/services$/, page: servicesPage, entry: { href: '/console/services', text: 'services' } },
  { pattern: /^\/console\/keys$/, page: keysPage, entry: { href: '/console/keys', text: 'keys' } },
  { pattern: /^\/console\/audit$/, page: auditPage, entry: { href: '/console/audit', text: 'audit' } },
  {
    pattern: /^\/console\/dead-letters$/, page: deadLettersPage, entry: { href: '/console/dead-letters', text: 'deadLetters' },
  },
];

import { h } from '../../shared/dom.js';
import { notice } from '../../shared/parts.js';
import { t } from '../../shared/words.js';

export function notFoundPage() {
  return {
    title: t('notFound'),
    node: notice(t('notFound'), t('notFoundText'), h('a', { class: 'button', href: '/console' }, t('allSales'))),
  };
}

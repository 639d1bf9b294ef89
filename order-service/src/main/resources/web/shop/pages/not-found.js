import { h } from '../../shared/dom.js';
import { t } from '../../shared/words.js';
import { notice } from '../../shared/parts.js';

export function notFoundPage() {
  return {
    title: t('notFound'),
    node: notice(t('notFound'), t('notFoundText'), h('a', { class: 'button', href: '/' }, t('findSales'))),
  };
}

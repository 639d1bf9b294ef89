import { h } from '../../common/dom.js';
import { t } from '../../common/words.js';
import { notice } from '../../common/parts.js';

export function notFoundPage() {
  return {
    title: t('notFound'),
    node: notice(t('notFound'), t('notFoundText'), h('a', { class: 'button', href: '/' }, t('findSales'))),
  };
}

// When a sale ends or ended, as a text.
import { now } from '../common/clock.js';
import { endKind } from '../common/sale-end.js';
import { moment, t } from '../common/words.js';

export function endText(sale) {
  switch (endKind(sale, now())) {
    case 'open': return t('openEnd');
    case 'ended': return t('endedByOperator');
    default: return moment(sale.closesAt);
  }
}

// Why something the operator asked for was not done, as one sentence.
import { Problem } from '../common/api.js';
import { t } from '../common/words.js';

export function refused(cause) {
  return cause instanceof Problem && cause.status < 500 ? t('refused', { detail: cause.message }) : t('notHeard');
}

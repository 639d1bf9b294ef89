// Why something the operator asked for was not done, as one sentence.
import { Problem } from '../shared/api.js';
import { t } from '../shared/words.js';

export function refused(cause) {
  return cause instanceof Problem && cause.status < 500 ? t('refused', { detail: cause.message }) : t('notHeard');
}

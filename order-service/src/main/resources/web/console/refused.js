// The reason why a request failed, as one sentence.
import { Problem, Unreachable } from '../common/api.js';
import { t } from '../common/words.js';

export function refused(cause) {
  const unheard = cause instanceof Unreachable || (cause instanceof Problem && cause.status >= 500);
  return unheard ? t('notHeard') : t('refused', { detail: cause.message });
}

// The reason why a request failed, as one sentence.
import { Problem, Unreachable } from '../common/api.js';
import { reasonOf } from '../common/problems.js';
import { t } from '../common/words.js';

/** sentence: the key of the text with the server's reason */
export function refused(cause, sentence = 'refused') {
  const unheard = cause instanceof Unreachable || (cause instanceof Problem && cause.status >= 500);
  return unheard ? t('notHeard') : t(sentence, { detail: reasonOf(cause) });
}

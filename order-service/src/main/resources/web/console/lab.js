// The race lab's address and errors; it serves races and lessons.
import { Problem } from '../common/api.js';
import { facts } from '../common/facts.js';
import { t } from '../common/words.js';
import { refused } from './refused.js';

/** The setting if a gateway serves the lab at this page's own origin. */
const OWN_ORIGIN = 'self';
/** The gateway's answer if there is no lab behind it. */
const AWAY = 'race-lab-away';

/** The options of a call to the lab. */
export function at() {
  return { origin: facts.raceLabOrigin === OWN_ORIGIN ? '' : facts.raceLabOrigin, part: 'race-lab' };
}

export function refusedByLab(cause) {
  return cause instanceof Problem && cause.slug === AWAY ? t('raceLabAway') : refused(cause);
}

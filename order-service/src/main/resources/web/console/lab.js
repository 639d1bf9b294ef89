// Where the race lab is, which serves races and lessons, and why it refused.
import { Problem } from '../common/api.js';
import { facts } from '../common/facts.js';
import { t } from '../common/words.js';
import { refused } from './refused.js';

/** What the shop says where a gateway brings the lab to this page's own origin. */
const OWN_ORIGIN = 'self';
/** What that gateway answers where no lab is behind it. */
const AWAY = 'race-lab-away';

/** The options of a call to the lab. */
export function at() {
  return { origin: facts.raceLabOrigin === OWN_ORIGIN ? '' : facts.raceLabOrigin, part: 'race-lab' };
}

export function refusedByLab(cause) {
  return cause instanceof Problem && cause.slug === AWAY ? t('raceLabAway') : refused(cause);
}

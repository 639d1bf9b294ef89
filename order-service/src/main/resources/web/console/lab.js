// The race lab's address, errors and strategies; it serves races, schedules and lessons.
import { Problem, call } from '../common/api.js';
import { h } from '../common/dom.js';
import { facts } from '../common/facts.js';
import { t } from '../common/words.js';
import { refused } from './refused.js';

/** The setting if a gateway serves the lab at this page's own origin. */
const OWN_ORIGIN = 'self';
/** The gateway's answer if there is no lab behind it. */
const AWAY = 'race-lab-away';

/** Name of each strategy, and the sentence that explains it. */
const TEXTS = {
  'get-set': ['raceGetSet', 'lessonGetSet'],
  'watch-elsewhere': ['raceWatchElsewhere', 'lessonWatchElsewhere'],
  'watch-multi': ['raceWatchMulti', 'lessonWatchMulti'],
  'watch-multi-combined': ['raceWatchMultiCombined', 'lessonWatchMultiCombined'],
  'gets-cas': ['raceGetsCas', 'lessonGetsCas'],
  'gets-cas-combined': ['raceGetsCasCombined', 'lessonGetsCasCombined'],
  'redis-script': ['raceRedisScript', 'lessonRedisScript'],
  'sql-update': ['raceSqlUpdate', 'lessonSqlUpdate'],
};

export function strategyName(strategy) {
  return TEXTS[strategy] ? t(TEXTS[strategy][0]) : strategy;
}

export function strategyLesson(strategy) {
  return TEXTS[strategy] ? t(TEXTS[strategy][1]) : '';
}

/** The options of a call to the lab. */
export function at() {
  return { origin: facts.raceLabOrigin === OWN_ORIGIN ? '' : facts.raceLabOrigin, part: 'race-lab' };
}

/** Calls the API of races and schedules. */
export function lab(method, path, body) {
  return call(method, `/api/race-lab${path}`, { body, ...at() });
}

export function refusedByLab(cause) {
  return cause instanceof Problem && cause.slug === AWAY ? t('raceLabAway') : refused(cause);
}

/**
 * A page of the lab: what `load` completes with, or why it failed and a button to try again.
 * load: gets `{gone}`, true once the page is left, and completes with nodes
 */
export function labPage({ title, intro, look = '', load }) {
  const content = h('div', { class: `stack ${look}` });
  const page = { gone: false };

  async function open() {
    try {
      const nodes = await load(page);
      if (!page.gone) content.replaceChildren(...nodes);
    } catch (cause) {
      content.replaceChildren(h('p', { class: 'error', role: 'alert' }, refusedByLab(cause)),
        h('p', {}, h('button', { type: 'button', class: 'button quiet', on: { click: open } }, t('raceAgain'))));
    }
  }

  if (facts.raceLabOrigin === '') content.append(h('p', { class: 'notice' }, t('raceLabMissing')));
  else open();
  const node = h('div', {}, h('h1', {}, title), h('p', { class: 'soft' }, intro), content);
  return { title, node, stop: () => { page.gone = true; } };
}

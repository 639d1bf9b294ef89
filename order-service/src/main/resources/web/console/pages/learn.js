// Learn: one lesson for each primitive of the four systems, run on the real servers, commands and replies as they happen.
import { callLines, call, Problem } from '../../common/api.js';
import { h, setText } from '../../common/dom.js';
import { announce } from '../../common/status.js';
import { currentLanguage, number, t } from '../../common/words.js';
import { at, labPage, refusedByLab } from '../lab.js';

/** If it is not the first any more, one more request is needed. */
const FIRST = 'memcached-values';

export function learnPage(chosen) {
  return labPage({
    title: t('learn'),
    intro: t('learnIntro'),
    look: 'learn',
    load: async (page) => {
      // at once, for a slow connection
      const [list, wanted] = await Promise.all([lessons('/topics'), topic(chosen ?? FIRST)]);
      const { topics } = list.json;
      const { name, json } = wanted ?? (await topic(topics[0].topic));
      return [navigation(topics, name), ...lessonsOf(json, page)];
    },
  });
}

function navigation(topics, current) {
  return h('nav', { class: 'topics', 'aria-label': t('learnTopics') }, topics.map(({ topic, title, lessons }) =>
    h('a', { href: `/console/learn/${topic}`, class: 'topic', 'aria-current': topic === current ? 'page' : null },
      `${own(title)} (${number(lessons)})`)),
  h('a', { href: '/console/learn/race', class: 'topic' }, t('steps')));
}

function lessonsOf({ title, lessons }, page) {
  const state = h('p', { class: 'learn-state', role: 'status' });
  const cards = lessons.map((lesson) => card(lesson, page));
  const all = h('button', { type: 'button', class: 'button learn-all', on: { click: runAll } }, t('learnRunAll'));
  let running = false;

  async function runAll() {
    if (running) return;
    running = true;
    all.setAttribute('aria-disabled', 'true');
    let green = 0;
    for (const [done, each] of cards.entries()) {
      if (page.gone) return;
      setText(state, t('learnRuns', { done: number(done), all: number(cards.length) }));
      if (await each.run()) green++;
    }
    setText(state, t('learnDone', { green: number(green), failed: number(cards.length - green) }));
    all.removeAttribute('aria-disabled');
    running = false;
  }

  return [h('div', { class: 'row between' }, h('h2', {}, own(title)), all), state, h('div', { class: 'lessons' }, cards.map(({ node }) => node))];
}

/** One lesson: `{node, run}`; run completes with whether all replies were the expected ones. */
function card(lesson, page) {
  const chip = h('span', { class: 'chip', hidden: true });
  const transcript = h('ol', { class: 'transcript', hidden: true });
  const name = `${lesson.id}-name`;
  const button = h('button', { type: 'button', class: 'button quiet', id: `${lesson.id}-run`, on: { click: run } }, t('learnRun'));
  button.setAttribute('aria-labelledby', `${button.id} ${name}`);
  const node = h('article', { class: 'card pad stack lesson-card', id: lesson.id },
    h('div', { class: 'row between' }, h('h3', {}, h('span', { id: name, ...language(lesson.title) }, own(lesson.title)), ' ', chip), button),
    h('p', {}, own(lesson.text)),
    h('pre', { class: 'code', tabindex: 0, 'aria-label': t('learnTutorial') }, lesson.tutorial),
    transcript,
    use(lesson));
  let running = false;

  async function run() {
    if (running) return false;
    running = true;
    button.setAttribute('aria-disabled', 'true');
    transcript.replaceChildren();
    transcript.hidden = false;
    mark('accent', t('learnRunning'));
    let green = false;
    try {
      await callLines(`/api/learn/lessons/${lesson.id}/runs`, at(), (event) => {
        if (event.green !== undefined) {
          green = event.green;
          if (event.problem) transcript.append(h('li', { class: 'error', lang: 'en' }, event.problem));
        } else {
          transcript.append(line(event, lesson.steps[event.step]));
        }
      });
      mark(green ? 'good' : 'bad', green ? t('learnGreen') : t('learnFailed'));
    } catch (cause) {
      mark('bad', t('learnFailed'));
      transcript.append(h('li', { class: 'error' }, refusedByLab(cause)));
    }
    running = false;
    button.removeAttribute('aria-disabled');
    if (!page.gone) announce(`${own(lesson.title)}: ${chip.textContent}`);
    return green;
  }

  function mark(kind, text) {
    chip.hidden = false;
    chip.className = `chip ${kind}`;
    setText(chip, text);
  }

  return { node, run };
}

function line({ sent, reply, expected, matches }, { actor, java }) {
  return h('li', {},
    sent === '' ? null : h('code', { class: 'sent' }, `${actor}> ${sent}`),
    sent === '' || java === '' ? null : h('code', { class: 'java soft' }, java),
    reply === undefined ? null : h('code', { class: matches ? 'reply' : 'reply error' }, reply),
    matches === false ? h('code', { class: 'error' }, t('learnExpected', { expected })) : null);
}

function use({ job, noJob }) {
  return job === undefined
    ? h('p', { class: 'soft fine' }, t('learnNoJob', { because: own(noJob) }))
    : h('p', { class: 'fine' }, t('learnJob', { job: own(job) }), h('br'), h('code', {}, job.file), h('br'), h('code', {}, job.test));
}

function own(texts) {
  return texts[currentLanguage()];
}

/** Names of primitives are English in each language. */
function language(texts) {
  return own(texts) === texts.en ? { lang: 'en' } : {};
}

/** Null if there is none of that name. */
async function topic(name) {
  try {
    return { name, json: (await lessons(`/topics/${name}`)).json };
  } catch (cause) {
    if (cause instanceof Problem && cause.status === 404) return null;
    throw cause;
  }
}

function lessons(path) {
  return call('GET', `/api/learn${path}`, at());
}

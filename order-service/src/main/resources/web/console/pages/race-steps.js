// The race, step by step: two buyers and one unit, on the real servers. The address has the strategy and the order of the
// steps, so a link gives the same end.
import { h, setText } from '../../common/dom.js';
import { announce } from '../../common/status.js';
import { number, t } from '../../common/words.js';
import { lab, labPage, refusedByLab, strategyLesson, strategyName } from '../lab.js';

const BUYERS = ['A', 'B'];
const ACTIONS = { watch: 'stepWatch', read: 'stepRead', write: 'stepWrite', exec: 'stepExec' };

export function raceStepsPage(chosen, order = '') {
  return labPage({
    title: t('steps'),
    intro: t('stepsIntro'),
    look: 'learn',
    load: async (page) => {
      const { strategies } = (await lab('GET', '/strategies')).json;
      const stepped = strategies.filter(({ steps }) => steps);
      const strategy = stepped.find(({ name }) => name === chosen) ?? stepped[0];
      return [navigation(stepped, strategy), h('p', { class: 'soft' }, strategyLesson(strategy.name)), ...parts(strategy, order, page)];
    },
  });
}

function navigation(strategies, current) {
  return h('nav', { class: 'topics', 'aria-label': t('raceStrategies') }, strategies.map((each) =>
    h('a', { href: address(each.name, []), class: 'topic', 'aria-current': each === current ? 'page' : null }, strategyName(each.name))));
}

function parts({ name, steps }, order, page) {
  const done = stepsOf(order, steps.length);
  const transcript = h('ol', { class: 'transcript steps', 'aria-label': t('stepsSent') });
  const chip = h('span', { class: 'chip', hidden: true });
  const end = h('span', {});
  const error = h('p', { class: 'error', role: 'alert' });
  const buttons = BUYERS.map((buyer) =>
    h('button', { type: 'button', class: 'button', 'data-buyer': buyer, on: { click: () => press(buyer) } }));
  const anew = h('button', { type: 'button', class: 'button quiet steps-anew', on: { click: () => change([]) } }, t('stepsAnew'));

  function press(buyer) {
    const next = taken(done, buyer) + 1;
    if (next <= steps.length) change([...done, `${buyer}${next}`]);
  }

  function change(to) {
    done.splice(0, done.length, ...to);
    history.replaceState(null, '', address(name, done));
    draw();
    run();
  }

  function draw() {
    BUYERS.forEach((buyer, i) => {
      const action = steps[taken(done, buyer)];
      setText(buttons[i], action ? `${buyer}: ${t(ACTIONS[action])}` : t('stepsOver', { buyer }));
      if (action) buttons[i].removeAttribute('aria-disabled');
      else buttons[i].setAttribute('aria-disabled', 'true');
    });
    setText(error, '');
    setText(end, '');
    chip.hidden = true;
    if (done.length === 0) transcript.replaceChildren();
  }

  /** The server runs whole schedules only: the steps that are not chosen yet run after the others, and are not shown. */
  async function run() {
    const asked = address(name, done);
    if (done.length === 0) return;
    try {
      const { json } = await lab('POST', '/schedules', { strategy: name, steps: whole(done, steps.length).join(' ') });
      if (!page.gone && asked === address(name, done)) drawResult(json);
    } catch (cause) {
      if (!page.gone && asked === address(name, done)) setText(error, refusedByLab(cause));
    }
  }

  function drawResult({ steps: ran, owners, left, oversold }) {
    const shown = ran.slice(0, done.length);
    transcript.replaceChildren(...shown.map(line));
    if (done.length < ran.length) {
      announce(transcript.lastChild.innerText);
      return;
    }
    chip.hidden = false;
    chip.className = oversold > 0 ? 'chip bad' : 'chip good';
    setText(chip, oversold > 0 ? t('raceBad', { oversold: number(oversold) }) : t('raceGood'));
    setText(end, t('stepsEnd', { owners: owners.join(', '), left: number(left) }));
    announce(`${chip.textContent}. ${end.textContent}`);
  }

  draw();
  run();
  return [h('div', { class: 'row' }, buttons, anew), error, transcript, h('p', { class: 'row steps-end' }, chip, end)];
}

function line({ step, action, commands }) {
  return h('li', { 'data-step': step },
    h('span', { class: 'fine soft' }, `${step} ${t(ACTIONS[action])}`),
    commands.length === 0 ? h('span', { class: 'fine' }, ` ${t('stepsNothing')}`) : null,
    commands.flatMap(({ connection, sent, reply }) =>
      [h('code', { class: 'sent' }, `${connection}> ${sent}`), h('code', { class: 'reply' }, reply)]));
}

/** The steps of an address, up to the first that does not fit. */
function stepsOf(order, length) {
  const done = [];
  for (const step of order.split('-')) {
    const next = taken(done, step[0]) + 1;
    if (!BUYERS.includes(step[0]) || step !== `${step[0]}${next}` || next > length) break;
    done.push(step);
  }
  return done;
}

function taken(done, buyer) {
  return done.filter((step) => step[0] === buyer).length;
}

function whole(done, length) {
  const all = BUYERS.flatMap((buyer) => Array.from({ length }, (_, i) => `${buyer}${i + 1}`));
  return [...done, ...all.filter((step) => !done.includes(step))];
}

function address(strategy, done) {
  return ['/console/learn/race', strategy, done.join('-')].filter(Boolean).join('/');
}

// The race lab: runs counting strategies one after the other on the real servers and compares their results.
import { h, setText } from '../../common/dom.js';
import { sleep } from '../../common/pace.js';
import { announce } from '../../common/status.js';
import { number, t } from '../../common/words.js';
import { lab, labPage, refusedByLab, strategyLesson, strategyName } from '../lab.js';

const LOOK_EVERY_MS = 250;
const BUYERS = 2_000;
const STOCK = 100;
const COLUMNS = ['raceSold', 'raceOversold', 'raceRefused', 'raceRetries', 'raceTime'];

const PROBLEMS = {
  'time-limit': 'raceTimeLimit',
  'store-unavailable': 'raceStoreUnavailable',
  stopped: 'raceStopped',
};

export function raceLabPage() {
  return labPage({
    title: t('raceLab'),
    intro: t('raceIntro'),
    load: async (page) => [
      h('p', {}, h('a', { href: '/console/learn/race' }, t('steps'))),
      ...parts((await lab('GET', '/strategies')).json, page),
    ],
  });
}

function parts({ strategies, buyersMax, stockMax }, page) {
  const boxes = strategies.map(({ name }) => h('input', { type: 'checkbox', id: `race-${name}`, value: name, checked: true }));
  const count = (id, value, max) => h('input', { id, type: 'number', min: 1, max, value, required: true });
  const buyers = count('race-buyers', BUYERS, buyersMax);
  const stock = count('race-stock', STOCK, stockMax);
  const error = h('p', { class: 'error', role: 'alert' });
  const button = h('button', { class: 'button race-start' }, t('raceStart'));
  const rows = h('tbody', {});
  const results = h('div', { class: 'card scroll', hidden: true, tabindex: 0, role: 'region', 'aria-label': t('raceResults') },
    h('table', { class: 'table races' },
      h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, t('raceStrategy')),
        COLUMNS.map((column) => h('th', { scope: 'col' }, t(column))))),
      rows));
  let running = false;

  async function submit(event) {
    event.preventDefault();
    if (running) return;
    const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
    setText(error, chosen.length === 0 ? t('raceNone') : '');
    if (chosen.length === 0) return;
    running = true;
    button.setAttribute('aria-disabled', 'true');
    setText(button, t('raceRuns'));
    results.hidden = false;
    const lines = chosen.map(line);
    rows.replaceChildren(...lines.map(({ row }) => row));
    try {
      for (const each of lines) {
        if (page.gone) return;
        await run(each, { buyers: Number(buyers.value), stock: Number(stock.value) }, page);
      }
      announce(t('raceDone'));
    } catch (cause) {
      setText(error, refusedByLab(cause));
    }
    running = false;
    button.removeAttribute('aria-disabled');
    setText(button, t('raceStart'));
  }

  return [
    h('form', { class: 'card pad stack', on: { submit } },
      h('fieldset', { class: 'choices' }, h('legend', {}, t('raceStrategies')),
        boxes.map((box) => h('label', { for: box.id, class: 'choice' }, box, strategyName(box.value)))),
      h('div', { class: 'fields even' },
        h('p', {}, h('label', { for: buyers.id }, t('raceBuyers')), buyers),
        h('p', {}, h('label', { for: stock.id }, t('raceStock')), stock)),
      error,
      h('p', {}, button)),
    results,
  ];
}

/** One strategy's row in the table: `{row, draw}`. */
function line(strategy) {
  const cells = COLUMNS.map(() => h('td', { class: 'figures' }, '–'));
  const within = h('span', { class: 'bar-sold' });
  const beyond = h('span', { class: 'bar-oversold' });
  const state = h('span', { class: 'chip' }, t('raceWaits'));
  const row = h('tr', { 'data-strategy': strategy },
    h('th', { scope: 'row' }, h('span', { class: 'row' }, strategyName(strategy), state),
      h('span', { class: 'bar', 'aria-hidden': 'true' }, within, beyond),
      h('span', { class: 'lesson soft' }, strategyLesson(strategy))),
    cells);

  function draw(race) {
    const times = `${number(race.elapsedMs / 1000)} s`;
    [race.sold, race.oversold, race.refused, race.retries].forEach((value, i) => setText(cells[i], number(value)));
    setText(cells[4], times);
    const widest = Math.max(race.sold, race.stock);
    within.style.width = `${(100 * (race.sold - race.oversold)) / widest}%`;
    beyond.style.width = `${(100 * race.oversold) / widest}%`;
    cells[1].className = race.oversold > 0 ? 'figures oversold' : 'figures';
    const [kind, text] = verdict(race);
    state.className = `chip ${kind}`;
    setText(state, text);
    if (race.finished) row.dataset.finished = 'true';
  }

  return { strategy, row, draw };
}

function verdict(race) {
  if (race.oversold > 0) return ['bad', t('raceBad', { oversold: number(race.oversold) })];
  if (!race.finished) return ['accent', t('raceOn')];
  if (race.problem) return ['warn', t(PROBLEMS[race.problem] ?? 'raceStopped')];
  return ['good', t('raceGood')];
}

async function run({ strategy, draw }, { buyers, stock }, page) {
  let { json } = await lab('POST', '/races', { strategy, buyers, stock });
  draw(json);
  while (!json.finished && !page.gone) {
    await sleep(LOOK_EVERY_MS);
    ({ json } = await lab('GET', `/races/${json.id}`));
    draw(json);
  }
}

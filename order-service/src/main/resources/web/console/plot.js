// A small line plot, of the last minute if not said otherwise. Its legend shows the latest values, and the plot has a label for screen
// readers.
import { h, setText } from '../common/dom.js';
import { clockTime, number, t } from '../common/words.js';

const SECONDS = 60;
const HEIGHT = 160;
const AXIS = { x: 26, y: 52 };
const HEADROOM = 1.05;
const DASHES = [[], [6, 4], [2, 3], [8, 3, 2, 3]];
const LIBRARY = new URL('../libraries/uplot.js', import.meta.url);
const COLOURS = ['--accent', '--good', '--warn', '--bad'];

/**
 * title: a text; series: names and texts, at most four; format: of a value; most: minimum of the axis' upper end.
 * seconds: how much is shown; Infinity for all that was added.
 * `{node, add(at, values)}`: at in milliseconds, a value per series by name; undefined leaves a gap.
 */
export function plot({ title, series, format = number, most = () => 1, seconds = SECONDS }) {
  const picture = h('div', { class: 'plot', role: 'img', 'aria-label': title });
  const values = series.map(() => h('dd', {}, '–'));
  const node = h('figure', { class: 'card pad plot-card' },
    h('figcaption', {}, title),
    picture,
    h('dl', { class: 'legend figures' }, series.map(({ text }, i) => h('div', { class: `legend-${i}` }, h('dt', {}, text), values[i]))));
  let points = [];
  let chart = null;

  import(LIBRARY).then(({ default: uPlot }) => {
    chart = new uPlot(options(), [[], ...series.map(() => [])], picture);
    new ResizeObserver(resize).observe(picture);
    draw();
  });

  const options = () => ({
    width: 1,
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { range: () => shown(points, seconds) }, y: { range: (u, low, high) => height(low ?? 0, high ?? 0) } },
    axes: [
      axis({ size: AXIS.x, space: 80, values: (u, marks) => marks.map((mark) => clockTime(mark * 1000)) }),
      axis({ size: AXIS.y, space: 40, values: (u, marks) => marks.map(format) }),
    ],
    series: [{}, ...series.map(({ text }, i) => ({
      label: text, stroke: () => colour(COLOURS[i]), dash: DASHES[i], width: 2, points: { show: false },
    }))],
  });

  function resize() {
    if (picture.clientWidth > 0) chart.setSize({ width: picture.clientWidth, height: HEIGHT });
  }

  function height(low, high) {
    return [Math.min(0, low), Math.max(most(), high) * HEADROOM];
  }

  function axis(own) {
    return { stroke: () => colour('--soft'), grid: { stroke: () => colour('--line'), width: 1 }, ticks: { show: false }, font: '11px system-ui, sans-serif', ...own };
  }

  function colour(variable) {
    return getComputedStyle(picture).getPropertyValue(variable).trim();
  }

  function add(at, now) {
    points = [...points, { at, now }].filter((point) => point.at > at - (seconds + 2) * 1000);
    series.forEach(({ name }, i) => setText(values[i], now[name] === undefined ? '–' : format(now[name])));
    const said = series.map(({ text }, i) => `${text} ${values[i].textContent}`).join(', ');
    picture.setAttribute('aria-label', t(seconds === SECONDS ? 'plotSays' : 'plotSaysEnd', { title, said }));
    draw();
  }

  function draw() {
    // null is a gap, undefined would be bridged
    chart?.setData([points.map((point) => point.at / 1000), ...series.map(({ name }) => points.map((point) => point.now[name] ?? null))]);
  }

  return { node, add };
}

function shown(points, seconds) {
  const end = (points.at(-1)?.at ?? Date.now()) / 1000;
  const begin = seconds === Infinity ? (points[0]?.at ?? Date.now()) / 1000 : end - seconds;
  return [Math.min(begin, end - 1), end];
}

// A small line plot that moves with time: the last minute, drawn on a canvas. Its legend says the newest values in words, and the
// picture as a whole is named for those who hear it.
import { h, setText } from '../common/dom.js';
import { number, t } from '../common/words.js';

const SECONDS = 60;
const HEIGHT = 140;
const PAD = { left: 44, right: 8, top: 8, bottom: 8 };
const GRID_LINES = 2;
const DASHES = [[], [6, 4], [2, 3], [8, 3, 2, 3]];
const COLOURS = ['--accent', '--good', '--warn', '--bad'];

/**
 * title: a text; series: names and texts, at most four; format: of a value.
 * `{node, add(at, values)}`: at in milliseconds, a value for each series by its name; undefined leaves a gap.
 */
export function plot({ title, series, format = number, most = () => 1 }) {
  const canvas = h('canvas', { class: 'plot', role: 'img', 'aria-label': title, height: HEIGHT });
  const values = series.map(() => h('dd', {}, '–'));
  const node = h('figure', { class: 'card pad plot-card' },
    h('figcaption', {}, title),
    canvas,
    h('dl', { class: 'legend figures' }, series.map(({ text }, i) => h('div', { class: `legend-${i}` }, h('dt', {}, text), values[i]))));
  let points = [];

  function add(at, now) {
    points = [...points, { at, now }].filter((point) => point.at > at - (SECONDS + 2) * 1000);
    series.forEach(({ name }, i) => setText(values[i], now[name] === undefined ? '–' : format(now[name])));
    const said = series.map(({ text }, i) => `${text} ${values[i].textContent}`).join(', ');
    canvas.setAttribute('aria-label', t('plotSays', { title, said }));
    draw(at);
  }

  function draw(at) {
    const { width } = canvas.getBoundingClientRect();
    if (width === 0) return;
    const scale = window.devicePixelRatio || 1;
    if (canvas.width !== Math.round(width * scale)) {
      canvas.width = Math.round(width * scale);
      canvas.height = Math.round(HEIGHT * scale);
    }
    const context = canvas.getContext('2d');
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, width, HEIGHT);
    const all = points.flatMap(({ now }) => series.map(({ name }) => now[name])).filter((value) => value !== undefined);
    const top = nice(Math.max(most(), ...all));
    const bottom = Math.min(0, ...all) < 0 ? -nice(-Math.min(...all)) : 0;
    const x = (time) => PAD.left + ((time - at) / 1000 / SECONDS + 1) * (width - PAD.left - PAD.right);
    const y = (value) => PAD.top + ((top - value) / (top - bottom)) * (HEIGHT - PAD.top - PAD.bottom);
    grid(context, { width, y, top, bottom });
    series.forEach(({ name }, i) => line(context, { name, i, x, y }));
  }

  function grid(context, { width, y, top, bottom }) {
    context.strokeStyle = colour('--line');
    context.fillStyle = colour('--soft');
    context.font = '11px system-ui, sans-serif';
    context.textAlign = 'right';
    context.textBaseline = 'middle';
    context.setLineDash([]);
    context.lineWidth = 1;
    for (let i = 0; i <= GRID_LINES; i++) {
      const value = bottom + ((top - bottom) * i) / GRID_LINES;
      context.beginPath();
      context.moveTo(PAD.left, y(value));
      context.lineTo(width - PAD.right, y(value));
      context.stroke();
      context.fillText(format(value), PAD.left - 6, y(value));
    }
  }

  function line(context, { name, i, x, y }) {
    context.strokeStyle = colour(COLOURS[i]);
    context.setLineDash(DASHES[i]);
    context.lineWidth = 2;
    context.lineJoin = 'round';
    context.beginPath();
    let gap = true;
    for (const { at, now } of points) {
      if (now[name] === undefined) {
        gap = true;
        continue;
      }
      if (gap) context.moveTo(x(at), y(now[name]));
      else context.lineTo(x(at), y(now[name]));
      gap = false;
    }
    context.save();
    context.clip(area(context));
    context.stroke();
    context.restore();
  }

  function area(context) {
    const path = new Path2D();
    path.rect(PAD.left, 0, context.canvas.width, HEIGHT);
    return path;
  }

  function colour(variable) {
    return getComputedStyle(canvas).getPropertyValue(variable).trim();
  }

  return { node, add };
}

/** The next number that is easy to read: 1, 2 or 5 times a power of ten. */
function nice(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= value * 0.999);
}

// What is printed at the end.
import { KINDS, metricOf } from './answers.js';

const WIDTH = 24;

export function summary(metrics) {
  const value = (name, field) => (metrics[name] ? metrics[name].values[field] : undefined);
  const lines = ['', 'answers'];
  KINDS.forEach((kind) => {
    const count = value(metricOf(kind), 'count');
    if (count > 0) {
      lines.push(row(kind, count));
    }
  });
  lines.push('', `${' '.repeat(WIDTH)}         p50         p95         p99         max`);
  lines.push(times('until told "reserved"', metrics.until_reserved));
  lines.push(times('until told "no"', metrics.until_refused));
  lines.push(times('pages looked at', metrics.until_page));
  lines.push(times('all requests', metrics.http_req_duration));
  lines.push('', `sale ${verdict(value)}`);
  ['stock', 'sold', 'available', 'oversold', 'duplicates', 'drift'].forEach((figure) => {
    lines.push(row(figure, value(`sale_${figure}`, 'value')));
  });
  lines.push('', 'what was promised');
  Object.keys(metrics).forEach((name) => {
    const thresholds = metrics[name].thresholds || {};
    Object.keys(thresholds).forEach((rule) => {
      lines.push(`  ${thresholds[rule].ok ? 'kept  ' : 'BROKEN'}  ${name} ${rule}`);
    });
  });
  return `${lines.join('\n')}\n\n`;
}

function verdict(value) {
  const found = ['PASS', 'PENDING', 'FAIL'].filter((each) => value(`verdict_${each}`, 'count') > 0);
  return found.length === 1 ? found[0] : 'was not proved';
}

function row(name, count) {
  return `  ${name.padEnd(WIDTH)}${String(count === undefined ? '-' : count).padStart(10)}`;
}

function times(name, metric) {
  const values = metric ? metric.values : {};
  const cells = ['p(50)', 'p(95)', 'p(99)', 'max'].map((each) =>
    values[each] === undefined ? '-'.padStart(12) : `${values[each].toFixed(1)} ms`.padStart(12),
  );
  return `  ${name.padEnd(WIDTH - 2)}${cells.join('')}`;
}

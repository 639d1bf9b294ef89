// Draws waiting time by rate, and units left over time.
(() => {
  const data = JSON.parse(document.querySelector('script[type="application/json"]').textContent);
  const style = getComputedStyle(document.documentElement);
  const colour = name => style.getPropertyValue('--' + name).trim();
  if (data.latency) latency(document.getElementById('latency'), data.latency);
  if (data.stock) stock(document.getElementById('stock'), data.stock);

  function latency(container, { steps, limit, needed, target }) {
    const rates = steps.map(step => step.rate);
    const top = Math.max(limit, ...steps.map(step => step.p99));
    plot(container, {
      scales: {
        x: { time: false, range: () => [0, 1.05 * Math.max(target, ...rates)] },
        y: { distr: 3, range: () => [1, 10 ** Math.max(1, Math.ceil(Math.log10(top)))] },
      },
      axes: [{ label: 'buyers who come in a second' }, { label: 'wait, ms', size: 70 }],
      series: [
        { label: 'buyers/s' },
        { label: 'p50, ms', stroke: colour('accent'), dash: [2, 4], width: 2, points: { show: false } },
        { label: 'p99, ms', stroke: colour('accent'), width: 2, points: { show: false } },
      ],
      hooks: {
        draw: [u => {
          if (limit > 0) across(u, limit, `limit of p99, ${limit.toLocaleString('en')} ms`);
          upright(u, needed, 'expected', 0);
          upright(u, target, 'with headroom', 1);
          steps.forEach(step => dot(u, step));
        }],
        setCursor: [u => { u.root.title = u.cursor.idx === null ? '' : steps[u.cursor.idx].words; }],
      },
    }, [rates, steps.map(step => Math.max(1, step.p50)), steps.map(step => Math.max(1, step.p99))]);
  }

  function stock(container, { seconds, left, crowd }) {
    plot(container, {
      scales: { x: { time: false }, y: { range: () => [0, 1.05 * left[0] || 1] } },
      axes: [{ label: 'seconds since the first buyer came' }, { label: 'units left', size: 70 }],
      series: [
        { label: 'seconds' },
        { label: 'units left', stroke: colour('accent'), width: 2, points: { show: false }, paths: uPlot.paths.stepped({ align: 1 }) },
      ],
      hooks: { draw: [u => upright(u, crowd, 'last buyer comes', 0)] },
    }, [seconds, left]);
  }

  function plot(container, options, columns) {
    return new uPlot({ width: Math.min(860, container.clientWidth || 760), height: 320, ...options }, columns, container);
  }

  function line(u, name, x1, y1, x2, y2) {
    u.ctx.strokeStyle = colour(name);
    u.ctx.lineWidth = 1.5 * devicePixelRatio;
    u.ctx.setLineDash([6 * devicePixelRatio, 4 * devicePixelRatio]);
    u.ctx.beginPath();
    u.ctx.moveTo(x1, y1);
    u.ctx.lineTo(x2, y2);
    u.ctx.stroke();
    u.ctx.setLineDash([]);
  }

  function label(u, text, x, y, align) {
    u.ctx.fillStyle = colour('soft');
    u.ctx.font = `${12 * devicePixelRatio}px system-ui, sans-serif`;
    u.ctx.textAlign = align;
    u.ctx.textBaseline = 'bottom';
    u.ctx.fillText(text, x, y);
  }

  function across(u, value, text) {
    const y = u.valToPos(value, 'y', true);
    line(u, 'bad', u.bbox.left, y, u.bbox.left + u.bbox.width, y);
    label(u, text, u.bbox.left + u.bbox.width, y - 4, 'right');
  }

  // One label above the other, so that lines near to each other can still be told apart.
  function upright(u, value, text, row) {
    const x = u.valToPos(value, 'x', true);
    const before = x > u.bbox.left + u.bbox.width / 2;
    line(u, 'soft', x, u.bbox.top, x, u.bbox.top + u.bbox.height);
    label(u, text, x + (before ? -6 : 6), u.bbox.top + u.bbox.height - 6 - 16 * row * devicePixelRatio, before ? 'right' : 'left');
  }

  function dot(u, step) {
    u.ctx.beginPath();
    u.ctx.arc(u.valToPos(step.rate, 'x', true), u.valToPos(Math.max(1, step.p99), 'y', true), 5 * devicePixelRatio, 0, 2 * Math.PI);
    u.ctx.fillStyle = step.cssClass === 'held' ? colour('good') : '#fff';
    u.ctx.fill();
    u.ctx.strokeStyle = colour({ held: 'good', failed: 'bad', client: 'unsure' }[step.cssClass]);
    u.ctx.lineWidth = 2.5 * devicePixelRatio;
    u.ctx.stroke();
  }
})();

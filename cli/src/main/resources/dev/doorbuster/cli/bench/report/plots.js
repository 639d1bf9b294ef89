// Draws the bar plots of each section: a group of bars per variant, the range of the rounds as a line on each bar.
(() => {
  const COLOURS = ['#2456a6', '#d97706', '#14804a', '#7c3aed', '#b3261e', '#0e7490', '#6b7280', '#be185d'];
  const sections = JSON.parse(document.querySelector('script[type="application/json"]').textContent);
  const containers = document.querySelectorAll('.plots');
  sections.forEach((section, i) => section.plots.forEach(plot => draw(containers[i], section.variants, plot)));

  function draw(container, variants, plot) {
    const shown = plot.series.filter(series => series.values.some(value => value.length > 0));
    if (variants.length === 0 || shown.length === 0) return;
    // Side by side, each bar has a place of its own on the x axis and one place is left empty between groups.
    const width = plot.stacked ? 1 : shown.length + 1;
    const middle = plot.stacked ? 0 : (shown.length - 1) / 2;
    const places = variants.length * width;
    const xs = Array.from({ length: places }, (_, x) => x);
    const at = (series, x) => {
      const variant = Math.floor(x / width);
      return plot.stacked || x % width === shown.indexOf(series) ? series.values[variant] : [];
    };
    const floor = plot.logarithmic ? 10 ** Math.floor(Math.log10(smallest(shown))) : 0;
    const columns = shown.map((series, s) => xs.map(x => plot.stacked
      ? shown.slice(0, s + 1).reduce((sum, below) => sum + (at(below, x)[0] ?? 0), 0)
      : at(series, x)[0] ?? null));
    const bars = uPlot.paths.bars({ size: [0.8, 60] });
    const top = Math.max(...columns.flat(), ...(plot.stacked ? [] : shown.flatMap(s => s.values.map(v => v[2] ?? 0))));
    const series = shown.map((each, s) => ({
      label: each.title, fill: COLOURS[s % COLOURS.length], stroke: COLOURS[s % COLOURS.length], width: 0,
      paths: bars, points: { show: false }, fillTo: floor,
    }));
    // The tallest of a stack is drawn first, so that the lower ones stay visible.
    const order = plot.stacked ? [...series.keys()].reverse() : [...series.keys()];
    const long = variants.some(name => name.length > 10);
    new uPlot({
      title: plot.title, padding: [null, long ? 70 : null, null, null], width: Math.min(1120, Math.max(360, 110 + 34 * places)), height: 320,
      cursor: { show: false }, legend: { live: false },
      scales: {
        x: { time: false, range: () => [-0.7, places - (plot.stacked ? 0.3 : 1.3)] },
        y: plot.logarithmic ? { distr: 3, range: () => [floor, top * 1.5] } : { range: () => [0, top * 1.08 || 1] },
      },
      axes: [
        {
          splits: () => variants.map((_, v) => v * width + middle), values: () => variants.map(short),
          rotate: long ? -30 : 0, size: long ? 120 : 40,
          grid: { show: false },
        },
        { size: 70, values: (_, splits) => splits.map(y => y === null ? '' : y.toLocaleString('en')) },
      ],
      series: [{}, ...order.map(s => series[s])],
      hooks: { draw: [u => { if (!plot.stacked) ranges(u, shown, xs, at); }] },
    }, [xs, ...order.map(s => columns[s])], container);
  }

  function ranges(u, shown, xs, at) {
    u.ctx.save();
    u.ctx.strokeStyle = '#1b2430';
    u.ctx.lineWidth = devicePixelRatio;
    for (const series of shown) {
      for (const x of xs) {
        const [, low, high] = at(series, x);
        if (high > low) {
          u.ctx.beginPath();
          u.ctx.moveTo(u.valToPos(x, 'x', true), u.valToPos(low, 'y', true));
          u.ctx.lineTo(u.valToPos(x, 'x', true), u.valToPos(high, 'y', true));
          u.ctx.stroke();
        }
      }
    }
    u.ctx.restore();
  }

  function smallest(shown) {
    return Math.min(...shown.flatMap(series => series.values.map(value => value[1] || Infinity)));
  }

  function short(name) {
    return name.length > 30 ? name.slice(0, 29) + '…' : name;
  }
})();

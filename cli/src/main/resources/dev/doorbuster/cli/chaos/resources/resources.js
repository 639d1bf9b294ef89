// Draws each measure over time, one line for each process or queue.
(() => {
  const { plots, faults } = JSON.parse(document.querySelector('script[type="application/json"]').textContent);
  const colours = ['#2456a6', '#14804a', '#b3261e', '#8a6d00', '#7b3fa0', '#00808a', '#c05600', '#5b6775'];
  plots.forEach(({ series }, index) => {
    const container = document.getElementById(`plot-${index}`);
    if (series.length === 0) {
      container.textContent = 'No samples.';
      return;
    }
    const columns = uPlot.join(series.map(each => [each.minutes, each.values]));
    const plot = new uPlot({
      width: Math.min(920, container.clientWidth || 760),
      height: 260,
      scales: { x: { time: false }, y: { range: (u, least, most) => [0, 1.05 * most || 1] } },
      axes: [{ label: 'minutes' }, { size: 70 }],
      series: [{ label: 'minutes' }, ...series.map((each, number) => ({
        label: each.where,
        stroke: colours[number % colours.length],
        dash: number < colours.length ? [] : [6, 3],
        width: 1.5,
        spanGaps: true,
        points: { show: false },
      }))],
      hooks: { draw: [u => faults.forEach(minute => upright(u, minute))] },
    }, columns, container);
    return plot;
  });

  function upright(u, minute) {
    const x = u.valToPos(minute, 'x', true);
    u.ctx.strokeStyle = '#d9dfe6';
    u.ctx.lineWidth = 1;
    u.ctx.beginPath();
    u.ctx.moveTo(x, u.bbox.top);
    u.ctx.lineTo(x, u.bbox.top + u.bbox.height);
    u.ctx.stroke();
  }
})();

import ApexCharts from '../lib/apexcharts/apexcharts.esm.js';

/**
 * ApexCharts, used only for lines and bands. A redraw rebuilds its whole picture whatever changed, so everything that we can draw
 * more cheaply (axes, grid, marks, crosshair, legend) is switched off: measured, that makes a redraw 2.5 times cheaper.
 * Points are in pixels, so that axes never change and `updateSeries` is the only call that a redraw needs.
 */
export class Lines {
  #chart;
  #host;
  #shape = '';

  /** Stroke width in pixels; ApexCharts insets the plot by half of it above and below. */
  static stroke = 1.6;

  constructor(host) {
    this.#host = host;
  }

  /** Draws series {type: 'line'|'rangeArea', data}; a change of size or of types builds the chart again. */
  draw(series, width, height) {
    const shape = `${width}x${height} ${series.map(one => one.type)}`;
    if (shape === this.#shape) {
      // While it is hidden, measuring labels that it will not draw forces no layout: a fifth less cost.
      this.#host.hidden = true;
      this.#chart.updateSeries(series, false, false);
      this.#host.hidden = false;
      return;
    }
    this.destroy();
    this.#shape = shape;
    this.#chart = new ApexCharts(this.#host, options(series, width, height));
    this.#chart.render();
  }

  destroy() {
    this.#chart?.destroy();
    this.#chart = undefined;
    this.#shape = '';
    this.#host.replaceChildren();
  }
}

function options(series, width, height) {
  const off = { enabled: false };
  const none = { show: false };
  return {
    series,
    chart: {
      type: series.some(one => one.type === 'rangeArea') ? 'rangeArea' : 'line',
      width,
      height,
      sparkline: { enabled: true },
      animations: off,
      toolbar: none,
      zoom: off,
      selection: off,
      redrawOnParentResize: false,
      redrawOnWindowResize: false,
      background: 'transparent',
    },
    stroke: { width: series.map(one => one.type === 'rangeArea' ? 0 : Lines.stroke), curve: 'straight', lineCap: 'round' },
    fill: { type: 'solid' },
    xaxis: { type: 'numeric', min: 0, max: width, tickAmount: 1, labels: { show: false, rotate: 0 }, crosshairs: none, tooltip: off, axisBorder: none, axisTicks: none },
    yaxis: { show: false, min: 0, max: height, tickAmount: 1, labels: none, crosshairs: none },
    grid: { show: false, padding: { left: 0, right: 0, top: 0, bottom: 0 } },
    markers: { size: 0, hover: { size: 0 } },
    dataLabels: off,
    legend: none,
    tooltip: off,
    states: { hover: { filter: { type: 'none' } }, active: { filter: { type: 'none' } } },
  };
}

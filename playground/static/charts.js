// data_visualization blocks as plain SVG: bars and slices, told apart by label and pattern as well as by color.

import { h, newId, s } from "./dom.js";

const WIDTH = 420;
const HEIGHT = 190;
const FLOOR = HEIGHT - 26;
const PATTERNS = ["M0 0", "M0 6L6 0", "M3 0V6", "M0 3H6", "M0 0L6 6", "M3 2v2M2 3h2"];

/** Returns a chart with a legend in words; a screen reader hears the same numbers. */
export function chart(block) {
  const data = block.chart ?? {};
  const spoken = data.type === "pie" ? spokenSegments(data.segments) : spokenSeries(data.series);
  const drawing = data.type === "pie" ? pie(data.segments) : plot(data);
  const legend = data.type === "pie" ? pieLegend(data.segments, drawing) : seriesLegend(data.series, drawing);
  drawing.setAttribute("role", "img");
  drawing.setAttribute("aria-label", `${block.title}: ${spoken}`);
  return h(
    "figure",
    { class: "chart" },
    h("figcaption", {}, block.title),
    h("div", { class: "chart-row" }, drawing, legend),
  );
}

function pie(segments) {
  const drawing = canvas("0 0 180 180", "pie");
  const total = segments.reduce((sum, segment) => sum + segment.value, 0) || 1;
  let turn = -Math.PI / 2;
  segments.forEach((segment, index) => {
    const angle = Math.min((segment.value / total) * 2 * Math.PI, 2 * Math.PI - 1e-4);
    drawing.append(...painted("path", { d: slice(turn, turn + angle) }, index, drawing));
    turn += angle;
  });
  return drawing;
}

function slice(from, to) {
  const at = (angle) => `${90 + 84 * Math.cos(angle)} ${90 + 84 * Math.sin(angle)}`;
  return `M90 90L${at(from)}A84 84 0 ${to - from > Math.PI ? 1 : 0} 1 ${at(to)}Z`;
}

function plot(data) {
  const series = data.series ?? [];
  const labels = data.axis_config?.categories ?? series[0]?.data.map((point) => point.label) ?? [];
  const most = Math.max(1, ...series.flatMap((one) => one.data.map((point) => point.value)));
  const drawing = canvas(`0 0 ${WIDTH} ${HEIGHT}`, "plot");
  const step = WIDTH / Math.max(1, labels.length);
  series.forEach((one, index) => {
    const heights = labels.map(
      (label) => ((one.data.find((p) => p.label === label)?.value ?? 0) / most) * (FLOOR - 20),
    );
    if (data.type === "bar") drawBars(drawing, heights, index, series.length, step, one);
    else drawLine(drawing, heights, index, step, data.type === "area");
  });
  labels.forEach((label, index) => {
    const text = label.length * 6 > step ? `${label.slice(0, Math.max(3, Math.floor(step / 6) - 1))}…` : label;
    drawing.append(s("text", { x: step * (index + 0.5), y: HEIGHT - 8, "text-anchor": "middle" }, text));
  });
  drawing.append(s("path", { class: "axis", d: `M0 ${FLOOR}H${WIDTH}` }));
  return drawing;
}

function drawBars(drawing, heights, index, count, step, one) {
  const width = Math.min(48, (step * 0.7) / count);
  heights.forEach((height, at) => {
    const x = step * (at + 0.5) + (index - count / 2) * width;
    drawing.append(...painted("rect", { x, y: FLOOR - height, width: width - 2, height, rx: 2 }, index, drawing));
    const value = one.data[at]?.value;
    drawing.append(
      s("text", { x: x + width / 2 - 1, y: FLOOR - height - 5, "text-anchor": "middle" }, String(value ?? "")),
    );
  });
}

function drawLine(drawing, heights, index, step, filled) {
  const points = heights.map((height, at) => `${step * (at + 0.5)} ${FLOOR - height}`).join("L");
  const area = `M${step / 2} ${FLOOR}L${points}L${step * (heights.length - 0.5)} ${FLOOR}Z`;
  if (filled) drawing.append(...painted("path", { d: area, opacity: 0.7 }, index, drawing));
  drawing.append(s("path", { class: `line tone-line-${index % 6}`, d: `M${points}` }));
}

function painted(tag, shape, index, drawing) {
  const base = s(tag, { ...shape, class: `tone-${index % 6}` });
  return index ? [base, s(tag, { ...shape, fill: `url(#${drawing.dataset.patterns}-${index % 6})` })] : [base];
}

function canvas(viewBox, kind) {
  const prefix = newId("pattern");
  const made = PATTERNS.map((d, index) =>
    s(
      "pattern",
      { id: `${prefix}-${index}`, width: 6, height: 6, patternUnits: "userSpaceOnUse" },
      s("path", { class: "pattern", d }),
    ),
  );
  return s("svg", { viewBox, class: kind, "data-patterns": prefix }, s("defs", {}, made));
}

function pieLegend(segments, drawing) {
  return legendOf(
    segments.map((segment) => `${segment.label}: ${segment.value}`),
    drawing,
  );
}

function seriesLegend(series = [], drawing = null) {
  return series.length > 1
    ? legendOf(
        series.map((one) => one.name),
        drawing,
      )
    : null;
}

function legendOf(labels, drawing) {
  const square = { width: 12, height: 12, rx: 2 };
  const swatch = (index) =>
    s("svg", { viewBox: "0 0 12 12", class: "swatch", "aria-hidden": "true" }, painted("rect", square, index, drawing));
  return h(
    "ul",
    { class: "legend" },
    labels.map((label, index) => h("li", {}, swatch(index), label)),
  );
}

function spokenSegments(segments) {
  return segments.map((segment) => `${segment.label} ${segment.value}`).join(", ");
}

function spokenSeries(series = []) {
  return series
    .map((one) => `${one.name}: ${one.data.map((point) => `${point.label} ${point.value}`).join(", ")}`)
    .join("; ");
}

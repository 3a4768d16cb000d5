// Outlines of countries by ISO 3166 code, projected, as whole numbers: all that the map of the page needs.
// Natural Earth 1:110m (public domain), by way of world-atlas. Countries too small for that scale get a point, the
// middle of their outline at 1:50m. Projection: Equal Earth (Šavrič, Patterson and Jenny 2018), which keeps areas.
import { createRequire } from "node:module";
import { feature } from "topojson-client";

const load = createRequire(import.meta.url);
const codes = load("i18n-iso-countries");
const WIDE = 10000; // of the whole map

const [A1, A2, A3, A4, M] = [1.340264, -0.081106, 0.000893, 0.003796, Math.sqrt(3) / 2];
const LARGEST = equalEarth(180, 0)[0];

function equalEarth(longitude, latitude) {
  const l = Math.asin(M * Math.sin((latitude * Math.PI) / 180));
  const l2 = l * l, l6 = l2 * l2 * l2;
  const x = ((longitude * Math.PI) / 180) * Math.cos(l) / (M * (A1 + 3 * A2 * l2 + l6 * (7 * A3 + 9 * A4 * l2)));
  return [x, l * (A1 + A2 * l2 + l6 * (A3 + A4 * l2))];
}

const placed = ([longitude, latitude]) =>
  equalEarth(longitude, latitude).map((value) => Math.round((value / LARGEST / 2) * WIDE));

// Rings that run across the date line are unrolled and cut there in two.
function unrolled(ring) {
  let turn = 0;
  return ring.map(([longitude, latitude], i) => {
    if (i) turn -= 360 * Math.round((longitude - ring[i - 1][0]) / 360);
    return [longitude + turn, latitude];
  });
}

function kept(ring, edge, side) {
  const inside = ([longitude]) => side * (longitude - edge) >= 0;
  const made = [];
  ring.forEach((point, i) => {
    const before = ring[(i + ring.length - 1) % ring.length];
    if (inside(point) !== inside(before)) {
      const share = (edge - before[0]) / (point[0] - before[0]);
      made.push([edge, before[1] + share * (point[1] - before[1])]);
    }
    if (inside(point)) made.push(point);
  });
  return made;
}

function* pieces(ring) {
  const whole = unrolled(ring);
  for (const turn of [-1, 0, 1]) {
    const west = kept(whole, 360 * turn - 180, 1);
    const part = west.length ? kept(west, 360 * turn + 180, -1) : [];
    if (part.length > 2) yield part.map(([longitude, latitude]) => [longitude - 360 * turn, latitude]);
  }
}

function dense(ring) {
  const made = ring.map(placed).filter((point, i, all) => !i || point[0] !== all[i - 1][0] || point[1] !== all[i - 1][1]);
  return made.length > 3 ? made : null;
}

const polygons = (geometry) => (geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates);

function outline(shape) {
  // Inner rings (Lesotho in South Africa) are drawn by the country within; they are left out.
  return polygons(shape.geometry).flatMap(([outer]) => [...pieces(outer)].map(dense).filter(Boolean));
}

const area = (ring) => Math.abs(ring.reduce((sum, [x, y], i) => {
  const [u, v] = ring[(i + 1) % ring.length];
  return sum + x * v - u * y;
}, 0) / 2);

function middle(shape) {
  const ring = polygons(shape.geometry).map(([outer]) => outer).sort((a, b) => area(b) - area(a))[0];
  const mean = (axis) => ring.reduce((sum, point) => sum + point[axis], 0) / ring.length;
  return placed([mean(0), mean(1)]);
}

const shapes = (scale) => {
  const atlas = load(`world-atlas/countries-${scale}.json`);
  return feature(atlas, atlas.objects.countries).features
    .map((shape) => [codes.numericToAlpha3(shape.id), shape])
    .filter(([code]) => code !== "ATA");
};

export function world() {
  const outlines = {}, points = {}, other = [];
  for (const [code, shape] of shapes("110m")) {
    if (code) outlines[code] = [...(outlines[code] ?? []), ...outline(shape)];
    else other.push(...outline(shape)); // without a code of its own; drawn as land
  }
  for (const [code, shape] of shapes("50m")) if (code && !outlines[code]) points[code] = middle(shape);
  return { outlines, points, other };
}

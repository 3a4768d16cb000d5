// Draws the charts of the page from the JSON it carries. Texts are given to the chart library as text, never as markup.
"use strict";
(() => {
  const NARROW = 560;
  // Tones are told apart by hue, by lightness, and by pattern: the same tone has the same look in every chart.
  const LIGHT = {
    paper: "#ffffff", ink: "#1b1f24", muted: "#4d565f", rule: "#8c959f", soft: "#d0d7de", chip: "rgba(255,255,255,.86)",
    tones: ["#12304F", "#E08E2B", "#2F7FB8", "#9A3B12", "#8FC3E0", "#F4D79A", "#5B4A86", "#7FA650", "#C9B2D6", "#3F5E4A"],
    rest: "#C4CAD0", edge: "#9A3B12", serving: "#12304F", onServing: "#ffffff", building: "#F4D79A", stock: "#8FC3E0", target: "#9A3B12",
    sides: { ours: "#12304F", concern: "#C05A12", other: "#7D8B99" }, land: "#F1F1EE", bloc: "#FAFAF8", border: "#C9CDD1",
    steps: ["#E4EEF6", "#BCD5E9", "#86B3D6", "#4C8ABD", "#1F5F96", "#0D3358"],
  };
  const DARK = {
    paper: "#14181d", ink: "#e6e9ed", muted: "#a9b4bf", rule: "#6f7b87", soft: "#333c46", chip: "rgba(20,24,29,.88)",
    tones: ["#9CC9F0", "#E08E2B", "#3F86C4", "#D2694A", "#5F93B8", "#F4D79A", "#A893D9", "#7FA650", "#C9B2D6", "#79A893"],
    rest: "#7F8A95", edge: "#F0A070", serving: "#9CC9F0", onServing: "#14181d", building: "#C9A45A", stock: "#5F93B8", target: "#F0A070",
    sides: { ours: "#9CC9F0", concern: "#E0803B", other: "#7F8A95" }, land: "#262d35", bloc: "#2d353e", border: "#3d4650",
    steps: ["#2F4254", "#35597A", "#3F74A3", "#5C97C9", "#8FBDE3", "#C9E3F7"],
  };
  const night = window.matchMedia("(prefers-color-scheme: dark)");
  let printing = false, look = night.matches ? DARK : LIGHT; // on paper it is always light
  const line = (rotation, gap) => ({ symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, gap], rotation, color: "rgba(255,255,255,.55)" });
  const dark = (pattern) => ({ ...pattern, color: "rgba(0,0,0,.38)" });
  const dots = { symbol: "circle", symbolSize: .8, dashArrayX: [[7, 7], [0, 7, 7, 0]], dashArrayY: [7, 0], color: "rgba(0,0,0,.38)" };
  const PATTERNS = [{ symbol: "none" }, dark(line(Math.PI / 4, 7)), line(-Math.PI / 4, 7), line(0, 6), dots, dark(line(-Math.PI / 4, 6)), line(Math.PI / 2, 6), dark(line(0, 6)), dark(line(Math.PI / 2, 6)), line(Math.PI / 4, 4)];
  const STEPS = [0.0005, 0.05, 0.15, 0.3, 0.5, 0.75];

  const page = JSON.parse(document.getElementById("plan-data").textContent);
  const drawn = new Map();
  const chosen = {};

  const plain = (value) => {
    const size = Math.abs(value);
    return new Intl.NumberFormat("en", { maximumFractionDigits: size >= 100 ? 0 : size >= 1 ? 2 : 4 }).format(value);
  };
  const percent = (value) => (value > 0 && value < 0.0005 ? "<0.1%" : `${(100 * value).toFixed(value < 0.0995 && value > 0 ? 1 : 0)}%`);
  const short = (value) => new Intl.NumberFormat("en", Math.abs(value) < 1e6 ? { maximumSignificantDigits: 3 } : { notation: "compact", maximumSignificantDigits: 3 }).format(value);
  const looks = (tone) => (tone === -2 ? { color: look.paper, borderType: "dashed", decal: dark(line(Math.PI / 4, 4)) } : tone < 0 ? { color: look.rest, decal: { symbol: "none" } } : { color: look.tones[tone % look.tones.length], decal: PATTERNS[(tone + 3 * Math.floor(tone / look.tones.length)) % PATTERNS.length] });

  // How many lines a name takes in a column of labels, and how high its row has to be so that no two names touch.
  const lines = (text, wide, letter) => text.split("\n").reduce((sum, part) => sum + Math.max(1, Math.ceil((part.length * letter) / wide)), 0);
  const rowHeight = (names, wide, letter, high, least) => Math.max(least, ...names.map((name) => 8 + high * lines(name, wide, letter)));
  // How many rows a legend takes: its entries stand one after the other as long as there is room.
  const legendRows = (names, width) => names.reduce(([rows, used], name) => { const wide = 42 + 6.6 * name.length; return used && used + wide > width - 10 ? [rows + 1, wide] : [rows, used + wide]; }, [1, 0])[0];
  const flatLabel = (width) => (width < NARROW ? { width: 112, letter: 6.4, high: 12 } : { width: 190, letter: 7, high: 14 });
  const barLabel = (width) => (width < NARROW ? { width: 120, letter: 6.8, high: 14 } : { width: 230, letter: 7, high: 14 });

  const base = (alt) => ({
    animation: false,
    textStyle: { fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', Arial, sans-serif", color: look.ink, fontSize: 12 },
    aria: { enabled: true, label: { description: alt }, decal: { show: true } },
    tooltip: { renderMode: "richText", confine: true, textStyle: { fontSize: 12, color: look.ink }, backgroundColor: look.paper, borderColor: look.rule },
  });
  const ticked = () => ({ axisTick: { show: false }, axisLine: { lineStyle: { color: look.rule } }, axisLabel: { color: look.muted, fontSize: 11 } });
  const lined = () => ({ splitLine: { lineStyle: { color: look.soft, type: "dotted" } }, ...ticked(), axisLine: { show: false } });

  // -- one function a kind of chart: data, width, height → options -----------------------------------------------------

  const KINDS = {
    stacked(data, width) {
      const ticks = ticked(), ruled = lined();
      const words = data.format === "share" ? percent : short, flat = data.flat === true;
      const totals = data.categories.map((_, i) => data.series.reduce((sum, row) => sum + Math.max(0, row.values[i]), 0));
      const largest = Math.max(...totals, 0);
      const names = { type: "category", data: data.categories, ...ticks };
      const values = { type: "value", ...ruled, axisLabel: { ...ticks.axisLabel, formatter: data.format === "share" ? (v) => percent(v) : short } };
      if (data.format === "share") values.max = 1;
      else Object.assign(values, { name: data.axis, nameLocation: "end", nameGap: 8, nameTextStyle: { color: look.muted, fontSize: 11, align: flat ? "right" : "left" } });
      if (flat) Object.assign(names, { inverse: true, axisLabel: { color: look.ink, fontSize: width < NARROW ? 10.5 : 12, lineHeight: width < NARROW ? 12 : 14, width: width < NARROW ? 112 : 190, overflow: "break", interval: 0 } });
      const across = (value) => (Math.abs(value) / (largest || 1)) * (width - flatLabel(width).width - 70) >= 40;
      const roomy = (value) => (flat && data.format !== "share" ? across(value) : data.format === "share" ? value >= 0.09 && width / data.categories.length >= 38 : Math.abs(value) >= 0.075 * largest);
      const series = data.series.map((row) => ({
        name: row.name, type: "bar", stack: "all", barCategoryGap: flat ? "28%" : "18%", itemStyle: { borderColor: row.tone === -2 ? look.edge : look.paper, borderWidth: 1, ...looks(row.tone) },
        data: row.values.map((value) => ({ value, label: { show: roomy(value) } })),
        label: { fontSize: 10.5, lineHeight: 14, color: look.ink, backgroundColor: look.chip, padding: [1, 3], borderRadius: 2, formatter: (item) => words(item.value) },
        labelLayout: { hideOverlap: true },
      }));
      const rows = legendRows(data.series.map((row) => row.name), width);
      return {
        legend: { top: 0, left: 0, itemWidth: 24, itemHeight: 14, textStyle: { fontSize: 11.5, color: look.ink }, icon: "rect", selectedMode: false },
        grid: { left: 6, right: flat ? 24 : 10, top: 30 + 20 * rows, bottom: flat ? 24 : 4, containLabel: true },
        tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, valueFormatter: (v) => (data.format === "share" ? percent(v) : `${plain(v)} ${data.axis}`) },
        [flat ? "yAxis" : "xAxis"]: names, [flat ? "xAxis" : "yAxis"]: flat ? { ...values, name: data.axis, nameLocation: "middle", nameGap: 24, nameTextStyle: { color: look.muted, fontSize: 11 } } : values, series,
      };
    },

    timeline(data, width) {
      const ticks = ticked(), ruled = lined();
      const tight = width < NARROW;
      const names = data.bars.map((bar) => (tight ? bar.name : `${bar.name}\n${bar.where}`));
      const begin = (bar) => bar.decided - data.start;
      const bar = (name, value, style, label) => ({ name, type: "bar", stack: "time", barCategoryGap: "30%", data: data.bars.map(value), itemStyle: style, label });
      const length = data.end - data.start;
      return {
        legend: { top: 0, left: 0, itemWidth: 24, itemHeight: 14, data: ["Being built", "In service"], selectedMode: false, textStyle: { color: look.ink } },
        grid: { left: 4, right: 20, top: 34, bottom: 26, containLabel: true },
        tooltip: { trigger: "item", formatter: (item) => { const one = data.bars[item.dataIndex]; return `${one.name}, ${one.where}\ndecided ${plain(one.decided).replace(",", "")}, in service from ${one.from}`; } },
        xAxis: { type: "value", min: 0, max: length, name: data.calendar ? "" : "years from the start", nameLocation: "middle", nameGap: 24, nameTextStyle: { color: look.muted, fontSize: 11 }, interval: Math.max(1, Math.ceil(length / (tight ? 5 : 12))), ...ruled, axisLabel: { ...ticks.axisLabel, showMaxLabel: length % Math.max(1, Math.ceil(length / (tight ? 5 : 12))) === 0, formatter: (v) => String(Math.round((data.start + v) * 100) / 100) } },
        yAxis: { type: "category", inverse: true, data: names, ...ticks, axisLabel: { color: look.ink, fontSize: tight ? 10.5 : 11.5, lineHeight: 14, interval: 0, width: tight ? 120 : 230, overflow: "break" } },
        series: [
          { ...bar("", begin, { color: "transparent", decal: { symbol: "none" } }), silent: true },
          bar("Being built", (one) => one.building, { color: look.building, borderColor: look.edge, borderWidth: 1, decal: dark(line(Math.PI / 4, 6)) }),
          bar("In service", (one) => one.serving, { color: look.serving, decal: { symbol: "none" } }, { show: true, position: "insideLeft", color: look.onServing, fontSize: 11, formatter: (item) => (data.bars[item.dataIndex].serving > length * (tight ? 0.3 : 0.1) ? `from ${data.bars[item.dataIndex].from}` : "") }),
        ],
      };
    },

    stock(data) {
      const ticks = ticked(), ruled = lined();
      const target = data.target.some((value) => value !== null);
      const series = [{ name: "Stock", type: "bar", data: data.level, barCategoryGap: "30%", itemStyle: { color: look.stock, borderColor: look.serving, borderWidth: 1, decal: { symbol: "none" } } }];
      if (target) series.push({ name: "Target", type: "line", data: data.target, connectNulls: false, symbol: "diamond", symbolSize: 9, lineStyle: { color: look.target, width: 2.5, type: "dashed" }, itemStyle: { color: look.target, decal: { symbol: "none" } } });
      return {
        legend: { top: 0, left: 0, itemWidth: 24, itemHeight: 12, selectedMode: false, textStyle: { color: look.ink } },
        grid: { left: 6, right: 12, top: 34, bottom: 4, containLabel: true },
        tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, valueFormatter: (v) => (v === null || v === undefined ? "–" : `${plain(v)} ${data.unit}`) },
        xAxis: { type: "category", data: data.steps, ...ticks }, yAxis: { type: "value", ...ruled, axisLabel: { ...ticks.axisLabel, formatter: (v) => `${short(v)} ${data.unit}` } }, series,
      };
    },

    map(own, width) {
      const data = atlas(own);
      const good = chosen.good ?? Object.keys(data.goods)[0];
      const periods = Object.keys(data.values[good]);
      const shares = data.values[good][own.period ?? chosen.period ?? periods[periods.length - 1]] ?? {};
      const largest = Object.values(shares).sort((a, b) => b - a)[width < NARROW ? 3 : 9] ?? 0; // of small pictures four are named
      const outlines = world(data.countries);
      const rows = Object.entries(data.countries).map(([key, country]) => {
        const value = shares[key] ?? 0;
        const colour = value ? look.steps[Math.max(0, STEPS.filter((from) => value >= from).length - 1)] : country.bloc ? look.bloc : look.land;
        return {
          name: key, value, itemStyle: { decal: { symbol: "none" }, areaColor: colour, borderColor: value ? look.paper : look.rule, borderWidth: .6 },
          label: { show: value > 0 && value >= largest, formatter: `${country.name} ${percent(value)}`, fontSize: width < NARROW ? 9.5 : 12, fontWeight: 600, color: look.ink, backgroundColor: look.chip, padding: [1, 4], borderRadius: 3, minMargin: 6 },
        };
      });
      echarts.registerMap("world", outlines);
      return {
        aria: { enabled: true, label: { description: own.of ? page.charts.map_before.alt : page.charts.map.alt }, decal: { show: false } },
        tooltip: { trigger: "item", formatter: (item) => { const country = data.countries[item.name]; return country ? `${country.name}: ${percent(shares[item.name] ?? 0)}` : ""; } },
        series: [{
          type: "map", map: "world", aspectScale: 1, left: 4, right: 4, top: 4, bottom: 4, data: rows, selectedMode: false, roam: false, silent: false,
          itemStyle: { areaColor: look.land, borderColor: look.border, borderWidth: .4 }, emphasis: { disabled: true }, label: { show: false },
          labelLayout: (place) => ({ moveOverlap: "shiftY", hideOverlap: false, draggable: false, x: Math.min(Math.max(place.labelRect.x + place.labelRect.width / 2, place.labelRect.width / 2 + 4), width - place.labelRect.width / 2 - 4), align: "center" }),
        }],
      };
    },

    flows(data, width) {
      const chain = data.chains[chosen.chain] ?? Object.values(data.chains)[0];
      const periods = Object.keys(chain.periods);
      const shown = chain.periods[chosen.period] ?? chain.periods[periods[periods.length - 1]];
      const tight = width < NARROW, last = chain.heads.length - 1, right = tight ? 92 : 150, thick = tight ? 10 : 16;
      const at = (column) => 2 + (column * (width - 2 - right - thick)) / Math.max(1, last);
      const room = Math.max(60, (width - 2 - right) / Math.max(1, last) - thick - 10);
      const sides = Object.fromEntries(shown.nodes.map((node) => [node.id, look.sides[node.side]]));
      return {
        title: chain.heads.map((head, i) => ({ text: head, left: at(i), top: 0, textStyle: { fontSize: tight ? 9.5 : 12, fontWeight: 600, color: look.muted, width: room + 8, overflow: "break" } })),
        tooltip: { trigger: "item", formatter: (item) => (item.dataType === "edge" ? `${nodeName(shown, item.data.source)} → ${nodeName(shown, item.data.target)}: ${percent(item.data.value)} of the stage` : `${nodeName(shown, item.name)}: ${percent(item.data.told)}`) },
        series: [{
          type: "sankey", left: 2, right, top: tight ? 34 : 26, bottom: 6, nodeWidth: thick, nodeGap: tight ? 12 : 9, draggable: false, layoutIterations: 24, nodeAlign: "left", emphasis: { focus: "adjacency" },
          data: shown.nodes.map((node) => ({ name: node.id, depth: node.column, told: node.share, itemStyle: { color: look.sides[node.side], borderColor: look.sides[node.side], decal: node.side === "concern" ? line(Math.PI / 4, 4) : { symbol: "none" } }, label: { formatter: `${node.name} ${node.share > 0 ? percent(node.share) : ""}` } })),
          links: shown.links.map(([source, target, value]) => ({ source, target, value, lineStyle: { color: sides[source], opacity: sides[source] === look.sides.concern ? .55 : .3 } })),
          lineStyle: { curveness: .5 }, label: { position: "right", fontSize: tight ? 9 : 11.5, color: look.ink, width: room, overflow: "truncate", textBorderColor: look.paper, textBorderWidth: 2.5 },
          labelLayout: { hideOverlap: true },
        }],
      };
    },
  };

  // Pictures of studies come in a script of their own, where the page has any.
  const house = { NARROW, look: () => look, printing: () => printing, percent, plain, short, looks, ticked, lined, legendRows, flatLabel, rowHeight };
  const studies = globalThis.pictures?.(house) ?? { kinds: {}, heights: {} };
  Object.assign(KINDS, studies.kinds);

  // The picture of the first period has the same shares as the other: it tells whose they are.
  const atlas = (own) => (own.of ? page.charts[own.of].data : own);

  // Boxes of the names on a map, in pixels of its picture, with a little air.
  function nameBoxes(holder, picture) {
    picture.getZr().flush();
    const origin = holder.getBoundingClientRect();
    return [...holder.querySelectorAll("svg:not(.arrows) text")].map((text) => {
      const box = text.getBoundingClientRect();
      return { x: box.left - origin.left - 5, y: box.top - origin.top - 3, width: box.width + 10, height: box.height + 6 };
    });
  }

  // Arrows of the largest flows of a map, over its picture: from the middle of one country to that of another, from the
  // edge of a name where it stands in the middle, and behind every name that is on the way.
  function arrows(holder, picture, own, width, height) {
    holder.querySelector(".arrows")?.remove();
    const data = atlas(own), good = chosen.good ?? Object.keys(data.goods)[0], periods = Object.keys(data.values[good]);
    const flows = data.flows[good]?.[own.period ?? chosen.period ?? periods[periods.length - 1]] ?? [];
    const places = Object.fromEntries(world(data.countries).features.map((one) => [one.properties.name, one.properties.cp]));
    const make = (name, attributes, parent) => {
      const element = document.createElementNS("http://www.w3.org/2000/svg", name);
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
      parent.append(element);
      return element;
    };
    const over = make("svg", { class: "arrows", width, height, "aria-hidden": "true" }, holder);
    const boxes = nameBoxes(holder, picture), mask = make("mask", { id: `names-${holder.dataset.chart}`, maskUnits: "userSpaceOnUse", x: 0, y: 0, width, height }, over);
    make("rect", { width, height, fill: "#fff" }, mask);
    for (const box of boxes) make("rect", { ...box, fill: "#000" }, mask);
    const lines = make("g", { mask: `url(#names-${holder.dataset.chart})` }, over);
    const named = ([a, b]) => boxes.some((box) => a > box.x && a < box.x + box.width && b > box.y && b < box.y + box.height);
    for (const [from, to, share] of flows) {
      if (!places[from] || !places[to]) continue;
      const [x, y] = picture.convertToPixel({ seriesIndex: 0 }, places[from]), [u, v] = picture.convertToPixel({ seriesIndex: 0 }, places[to]);
      const far = Math.hypot(u - x, v - y), bend = Math.min(60, 0.22 * far), thick = (1 + 6 * share) * Math.min(1, width / 500), head = 4 + 1.4 * thick;
      if (!(far > 8)) continue;
      const ends = [[x, y], [(x + u) / 2, (y + v) / 2 - bend], [u, v]];
      const on = (s, t) => [0, 1].map((axis) => (1 - s) * (1 - t) * ends[0][axis] + (s + t - 2 * s * t) * ends[1][axis] + s * t * ends[2][axis]);
      let begin = 0, end = 1;
      while (begin < 0.4 && named(on(begin, begin))) begin += 0.02;
      while (end > 0.6 && named(on(end, end))) end -= 0.02;
      const start = on(begin, begin), middle = on(begin, end), tip = on(end, end);
      const turn = Math.atan2(tip[1] - middle[1], tip[0] - middle[0]), back = [tip[0] - head * Math.cos(turn), tip[1] - head * Math.sin(turn)];
      const said = (point) => point.map((value) => value.toFixed(1)).join(" ");
      make("path", { d: `M${said(start)}Q${said(middle)} ${said(back)}`, fill: "none", stroke: look.edge, "stroke-width": thick.toFixed(1), "stroke-opacity": 0.55 }, lines);
      const corner = (angle) => said([tip[0] - head * 1.5 * Math.cos(turn + angle), tip[1] - head * 1.5 * Math.sin(turn + angle)]);
      make("path", { d: `M${said(tip)}L${corner(0.4)}L${corner(-0.4)}Z`, fill: look.edge }, lines);
    }
  }

  const nodeName = (shown, id) => shown.nodes.find((node) => node.id === id)?.name ?? id;

  // The countries of the plan, a union of states as one, among the others of the world.
  let outlines = null;
  function world(countries) {
    if (outlines) return outlines;
    const { outlines: shapes, points, other } = page.world;
    const owner = {};
    const order = Object.entries(countries).sort(([, a], [, b]) => a.codes.length - b.codes.length);
    for (const [key, country] of order) for (const code of country.codes) owner[code] ??= key;
    const parts = {};
    const add = (name, rings) => (parts[name] ??= []).push(...rings);
    const round = ([x, y]) => Array.from({ length: 12 }, (_, i) => [x + 55 * Math.cos((i * Math.PI) / 6), y + 55 * Math.sin((i * Math.PI) / 6)]);
    for (const [code, rings] of Object.entries(shapes)) add(owner[code] ?? `other ${code}`, rings);
    for (const [code, key] of Object.entries(owner)) if (!shapes[code] && points[code]) add(key, [round(points[code])]);
    add("other land", other);
    const features = Object.entries(parts).map(([name, rings]) => ({
      type: "Feature", properties: { name, cp: middle(rings) }, geometry: { type: "MultiPolygon", coordinates: rings.map((ring) => [ring]) },
    }));
    return (outlines = { type: "FeatureCollection", features });
  }

  function middle(rings) {
    // Of the largest ring; of a union (no ring has half of the area) the mean of all in its part of the world.
    const sized = rings.map((ring) => ({ ring, area: Math.abs(ring.reduce((sum, [x, y], i) => { const [u, v] = ring[(i + 1) % ring.length]; return sum + x * v - u * y; }, 0)) }));
    const whole = sized.reduce((sum, one) => sum + one.area, 0);
    const largest = sized.reduce((a, b) => (b.area > a.area ? b : a));
    const centre = (ring) => { const xs = ring.map((p) => p[0]), ys = ring.map((p) => p[1]); return [(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2]; };
    const [cx, cy] = centre(largest.ring);
    if (largest.area > whole / 2) return [cx, cy];
    const near = sized.filter((one) => Math.hypot(centre(one.ring)[0] - cx, centre(one.ring)[1] - cy) < 1200);
    const weight = near.reduce((sum, one) => sum + one.area, 0);
    return [0, 1].map((axis) => near.reduce((sum, one) => sum + centre(one.ring)[axis] * one.area, 0) / weight);
  }

  // -- size, choice, print -------------------------------------------------------------------------------------------

  const HEIGHTS = {
    stacked: (chart, width) => (chart.data.flat ? (printing ? 70 : 84) + rowHeight(chart.data.categories, flatLabel(width).width, flatLabel(width).letter, flatLabel(width).high, printing ? 21 : 34) * chart.data.categories.length : printing ? 270 : 320),
    timeline: (chart, width) => {
      const { width: wide, letter, high } = barLabel(width), names = chart.data.bars.map((bar) => (width < NARROW ? bar.name : `${bar.name}\n${bar.where}`));
      return 64 + chart.rows * (printing ? Math.min(28, 900 / chart.rows) : rowHeight(names, wide, letter, high, width < NARROW ? 30 : 36));
    },
    stock: () => (printing ? 190 : 230),
    map: (_, width) => Math.round(width * 0.47) + 10,
    flows: (chart, width) => (width < NARROW ? 460 : printing ? 470 : 540),
    ...studies.heights,
  };
  // On paper (A4 or Letter, upright) a picture is as wide as the text, or as half of it.
  const PAPER = 690, HALF = 335;

  function draw(key) {
    const holder = document.querySelector(`[data-chart="${key}"]`), chart = page.charts[key];
    const paper = holder.closest("figure").classList.contains("half") ? HALF : PAPER;
    const least = chart.kind === "flows" ? 600 : 280; // a chain needs room for its columns: on a phone it scrolls
    const width = printing ? paper : Math.max(least, Math.floor(holder.clientWidth)), height = HEIGHTS[chart.kind](chart, width);
    let picture = drawn.get(key);
    if (!picture) drawn.set(key, (picture = echarts.init(holder, null, { renderer: "svg", width, height })));
    else picture.resize({ width, height });
    const options = KINDS[chart.kind](chart.data, width), common = base(chart.alt);
    picture.setOption({ ...common, ...options, tooltip: { ...common.tooltip, ...options.tooltip } }, { notMerge: true });
    if (chart.kind === "map") arrows(holder, picture, chart.data, width, height);
    holder.setAttribute("aria-label", chart.alt);
    holder.setAttribute("role", "img");
    holder.dataset.drawn = "yes";
  }

  function tell() {
    const map = page.charts.map, flows = page.charts.flows, parts = [];
    const period = chosen.period ? ` in ${chosen.period}` : "";
    const put = (key, words, text) => {
      document.querySelector(`[data-chosen="${key}"]`).textContent = text ? ` – ${text}` : "";
      parts.push(`${words}: ${text}`);
    };
    const chain = flows && document.querySelector('[data-choice="chain"]');
    const end = chain ? `to ${chain.selectedOptions[0].textContent}` : "";
    if (page.charts.map_before) document.querySelector('[data-chosen="map_before"]').textContent = ` – ${map.data.goods[chosen.good ?? Object.keys(map.data.goods)[0]]} in ${page.charts.map_before.data.period}`;
    if (map) put("map", "Map", `${map.data.goods[chosen.good ?? Object.keys(map.data.goods)[0]]}${period}`);
    if (flows) put("flows", "Flows", `${end}${period}`.trim());
    return parts.join(". ");
  }

  for (const select of document.querySelectorAll("[data-choice]")) {
    chosen[select.dataset.choice] = select.value;
    select.addEventListener("change", () => {
      chosen[select.dataset.choice] = select.value;
      const text = tell();
      for (const key of ["map_before", "map", "flows"]) if (page.charts[key]) draw(key);
      document.querySelector("[data-status]").textContent = text;
    });
  }
  const whole = (part) => `${Math.round(100 * part)}%`;
  const legend = () => document.querySelectorAll("[data-scale]").forEach((scale) => scale.replaceChildren(...STEPS.map((from, i) => {
    const entry = document.createElement("span"), box = document.createElement("i");
    box.style.background = look.steps[i];
    entry.append(box, i + 1 < STEPS.length ? `${whole(from)} to ${whole(STEPS[i + 1])}` : `over ${whole(from)}`);
    return entry;
  })));

  const all = () => {
    look = night.matches && !printing ? DARK : LIGHT;
    legend();
    Object.keys(page.charts).forEach(draw);
  };
  night.addEventListener("change", all);
  tell();
  all();
  let waiting = 0, width = document.getElementById("main").clientWidth;
  new ResizeObserver(() => {
    const now = document.getElementById("main").clientWidth;
    if (now === width || printing) return;
    width = now;
    clearTimeout(waiting);
    waiting = setTimeout(all, 120);
  }).observe(document.getElementById("main"));
  const turn = (on) => { if (printing !== on) { printing = on; all(); } };
  window.addEventListener("beforeprint", () => turn(true));
  window.addEventListener("afterprint", () => turn(false));
  window.matchMedia("print").addEventListener("change", (change) => turn(change.matches));

  // -- a chart as a file: made here, from what is drawn and from the table behind it ---------------------------------

  function save(address, name) {
    const link = document.createElement("a");
    link.href = address;
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
  }

  function savePicture(key, name) {
    const drawing = document.querySelector(`[data-chart="${key}"] svg`).cloneNode(true);
    const wide = Number(drawing.getAttribute("width")), high = Number(drawing.getAttribute("height")), image = new Image();
    drawing.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    for (const arrow of document.querySelectorAll(`[data-chart="${key}"] .arrows path`)) drawing.append(arrow.cloneNode(true));
    image.onload = () => {
      const canvas = document.createElement("canvas"), pen = canvas.getContext("2d");
      [canvas.width, canvas.height] = [2 * wide, 2 * high]; // sharp in a document that is printed
      pen.fillStyle = look.paper;
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(image, 0, 0, canvas.width, canvas.height);
      save(canvas.toDataURL("image/png"), `${name}.png`);
    };
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(drawing))}`;
  }

  // Numbers without the signs between their thousands; a text that a spreadsheet would take for a formula stays a text.
  const bare = (cell, numeric) => (numeric && /^[+-]?[\d,]+(\.\d+)?$/.test(cell) ? cell.replaceAll(",", "") : /^[=+@\t-]/.test(cell) && !/^-?[\d.]+%?$/.test(cell) ? `'${cell}` : cell);
  const quoted = (cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

  function rowsOf(key) {
    const table = document.querySelector(`#figure-${key} details table`);
    if (table) return [...table.rows].map((row) => [...row.cells].map((cell) => bare(cell.textContent.trim().replace(/\s+/g, " "), cell.classList.contains("number"))));
    const data = atlas(page.charts[key].data), good = chosen.good ?? Object.keys(data.goods)[0], periods = Object.keys(data.values[good]);
    const lines = Object.entries(data.countries).map(([id, country]) => [bare(country.name, false), ...periods.map((period) => String(data.values[good][period][id] ?? 0))]);
    return [[bare(data.goods[good], false), ...periods], ...lines.filter((line) => line.slice(1).some((value) => value !== "0"))];
  }

  for (const button of document.querySelectorAll("[data-save]")) {
    button.parentElement.hidden = false;
    button.addEventListener("click", () => {
      const key = button.dataset.of, name = `${document.title.replace(/[^\p{L}\p{N}]+/gu, "-")}-${key}`;
      if (button.dataset.save === "png") savePicture(key, name);
      else save(`data:text/csv;charset=utf-8,${encodeURIComponent(`\ufeff${rowsOf(key).map((row) => row.map(quoted).join(",")).join("\r\n")}\r\n`)}`, `${name}.csv`);
    });
  }

  document.querySelector(".tools").hidden = false;
  const open = document.querySelector("[data-open]");
  open.addEventListener("click", () => {
    const shown = open.getAttribute("aria-pressed") !== "true";
    for (const details of document.querySelectorAll("main details")) details.open = shown;
    open.setAttribute("aria-pressed", String(shown));
    open.textContent = shown ? "Close all tables" : "Open all tables";
  });
  document.querySelector("[data-print]").addEventListener("click", () => window.print());
  document.documentElement.dataset.ready = "yes";
})();

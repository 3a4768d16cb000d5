// Pictures of studies: bars from one number to another, and a cost that is known within boxes. page.js draws by them.
"use strict";
globalThis.pictures = (house) => {
  const { NARROW, percent, plain, short, looks, ticked, lined, legendRows, flatLabel, rowHeight } = house;
  const transparent = { color: "transparent", borderColor: "transparent", decal: { symbol: "none" } };
  const known = (value) => value !== null && value !== undefined;
  // Room to the right for what stands beside the longest bar.
  const told = (data) => Math.max(0, ...data.bars.flatMap((bar) => bar.told.map((text) => text.length)));
  const LETTER = 6.7, HIGH = 13;
  const room = (data, width) => (told(data) ? Math.min(width < NARROW ? 96 : 280, 14 + LETTER * told(data)) : 0);

  // What the legend names; bars of one kind alone need none.
  const STROKE = "path://M0 0H2V14H0Z";
  const entries = (data) => {
    const marks = data.marks.filter((mark) => mark.name).map((mark) => ({ name: mark.name, icon: mark.symbol === "tick" ? STROKE : mark.symbol }));
    return data.bars.length + marks.length > 1 ? [...data.bars.map((bar) => ({ name: bar.name, icon: "rect" })), ...marks] : [];
  };

  // A bar from low to high is a transparent part up to where it begins, and what it has on either side of 0.
  function pieces(bar, place, data, width) {
    const stack = `bar ${place}`, look = house.look();
    const both = bar.low.map((low, i) => (known(low) && known(bar.high[i]) ? [Math.min(low, bar.high[i]), Math.max(low, bar.high[i])] : null));
    const style = { ...looks(bar.tone), borderColor: bar.tone === -2 ? look.edge : look.paper, borderWidth: 1 };
    const part = (name, values, more) => ({ name, type: "bar", stack, barGap: data.together ? "-100%" : "12%", barCategoryGap: "34%", data: values, ...more });
    const wide = (value) => (value === 0 ? { value, itemStyle: transparent } : value); // what has no width has no edge
    const over = both.map((ends) => (ends ? wide(Math.max(0, ends[1]) - Math.max(0, ends[0])) : null));
    const under = both.map((ends) => (ends ? wide(Math.min(0, ends[0]) - Math.min(0, ends[1])) : null));
    const before = both.map((ends) => (ends ? (ends[0] > 0 ? ends[0] : ends[1] < 0 ? ends[1] : 0) : null));
    const label = { show: bar.told.length > 0, position: "right", color: look.ink, fontSize: width < NARROW ? 10 : 11, lineHeight: HIGH, width: room(data, width) - 6, overflow: "break", formatter: (item) => bar.told[item.dataIndex] ?? "" };
    return [
      part("", before, { itemStyle: transparent, silent: true, emphasis: { disabled: true } }),
      part(bar.name, under, { itemStyle: style }),
      part(bar.name, over, { itemStyle: style, label }),
    ];
  }

  function ranges(data, width) {
    const ticks = ticked(), ruled = lined(), look = house.look(), share = data.format === "share", narrow = width < NARROW;
    const said = (value) => (known(value) ? (share ? percent(value) : plain(value)) : "–");
    const tick = { symbol: STROKE, symbolSize: [2.5, 16] }, diamond = { symbol: "diamond", symbolSize: 11 };
    const marks = data.marks.map((mark) => ({
      name: mark.name, type: "line", ...(mark.symbol === "tick" ? tick : diamond), lineStyle: { width: 0 }, z: 5,
      itemStyle: { color: mark.symbol === "tick" ? look.ink : look.edge, borderColor: look.paper, borderWidth: mark.symbol === "tick" ? 0 : 1, decal: { symbol: "none" } },
      data: mark.values.map((value, i) => [known(value) ? value : null, i]),
    }));
    const named = entries(data), top = named.length ? 16 + 20 * legendRows(named.map((one) => one.name), width) : 6;
    const axis = { type: "value", ...ruled, name: data.axis, nameLocation: "middle", nameGap: 24, nameTextStyle: { color: look.muted, fontSize: 11 }, splitNumber: narrow ? 3 : 5, axisLabel: { ...ticks.axisLabel, formatter: share ? percent : short, hideOverlap: true } };
    return {
      legend: { show: named.length > 0, top: 0, left: 0, itemWidth: 24, itemHeight: 14, data: named, selectedMode: false, textStyle: { fontSize: 11.5, color: look.ink } },
      grid: { left: 6, right: 14 + room(data, width), top, bottom: data.axis ? 26 : 6, containLabel: true },
      tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, formatter: (items) => tip(data, items[0].dataIndex, said) },
      yAxis: { type: "category", inverse: true, data: data.categories, ...ticks, axisLabel: { color: look.ink, fontSize: narrow ? 10.5 : 12, lineHeight: narrow ? 12 : 14, width: narrow ? 112 : 190, overflow: "break", interval: 0 } },
      xAxis: axis,
      series: [...data.bars.flatMap((bar, i) => pieces(bar, i, data, width)), ...marks],
    };
  }

  function tip(data, row, said) {
    const unit = data.axis ? ` ${data.axis}` : "";
    const bars = data.bars.filter((bar) => known(bar.low[row]) && known(bar.high[row])).map((bar) => `${bar.name}: ${bar.low[row] === 0 || bar.low[row] === bar.high[row] ? said(bar.high[row]) : `${said(bar.low[row])} to ${said(bar.high[row])}`}${unit}`);
    const marks = data.marks.filter((mark) => mark.name && known(mark.values[row])).map((mark) => `${mark.name}: ${said(mark.values[row])}${unit}`);
    return [data.categories[row], ...bars, ...marks].join("\n");
  }

  // A number with as many digits as tell the ticks of an axis apart.
  function fine(values) {
    const known_ = values.filter(known), span = Math.max(...known_) - Math.min(...known_);
    const digits = span > 0 ? Math.min(6, Math.max(0, Math.ceil(-Math.log10(span / 4)))) : 2;
    return (value) => new Intl.NumberFormat("en", { maximumFractionDigits: digits }).format(value);
  }

  // Boxes in which a cost is known to lie, drawn as a band between two lines; certified plans as dots over it.
  function steps(data, width) {
    const ticks = ticked(), ruled = lined(), look = house.look(), narrow = width < NARROW;
    const boxes = [...data.boxes].sort((a, b) => a[0] - b[0]);
    const edge = (place) => boxes.flatMap((box) => [[box[0], place(box)], [box[1], place(box)]]);
    const xs = [...boxes.flatMap((box) => [box[0], box[1]]), ...data.points.map((point) => point[0])];
    const ys = [...boxes.flatMap((box) => [box[2], box[3]]), ...data.points.map((point) => point[1])];
    const figure = fine(ys), across = data.share ? percent : fine(xs);
    const band = (name, values, more) => ({ name, type: "line", stack: "band", symbol: "none", lineStyle: { width: 0 }, silent: true, data: values, z: 1, ...more });
    const line = (values) => ({ name: "", type: "line", symbol: "none", silent: true, z: 2, data: values, lineStyle: { color: look.rule, width: 1.2 } });
    const series = [
      band("", edge((box) => box[2]), {}),
      band("Where the least cost lies", edge((box) => box[3] - box[2]), { itemStyle: { color: look.stock, decal: { symbol: "none" } }, areaStyle: { color: look.stock, opacity: 0.55 } }),
      line(edge((box) => box[2])), line(edge((box) => box[3])),
      {
        name: data.cost, type: "line", z: 5, symbol: "circle", symbolSize: 10, lineStyle: { width: 0 }, data: data.points,
        itemStyle: { color: look.edge, borderColor: look.paper, borderWidth: 1.5, decal: { symbol: "none" } },
        label: { show: true, position: narrow ? "top" : "right", color: look.ink, fontSize: 11, formatter: (item) => data.named[item.dataIndex] ?? "" },
        labelLayout: { hideOverlap: true, moveOverlap: "shiftY" },
      },
    ];
    const named = [{ name: data.cost, icon: "circle" }, ...(boxes.length ? [{ name: "Where the least cost lies", icon: "rect" }] : [])];
    const rows = legendRows(named.map((one) => one.name), width);
    return {
      legend: { top: 0, left: 0, itemWidth: 24, itemHeight: 12, data: named, selectedMode: false, textStyle: { fontSize: 11.5, color: look.ink } },
      grid: { left: 8, right: narrow ? 18 : 84, top: 22 + 20 * rows, bottom: 28, containLabel: true },
      tooltip: { trigger: "item", formatter: (item) => (item.seriesName === data.cost ? `${data.named[item.dataIndex] ? `${data.named[item.dataIndex]}\n` : ""}${data.across}: ${across(item.value[0])}\n${data.cost}: ${figure(item.value[1])} ${data.axis}` : "") },
      xAxis: { type: "value", scale: true, ...ruled, name: data.across, nameLocation: "middle", nameGap: 26, nameTextStyle: { color: look.muted, fontSize: 11 }, splitNumber: narrow ? 3 : 6, axisLabel: { ...ticks.axisLabel, formatter: across, hideOverlap: true } },
      yAxis: { type: "value", scale: true, ...ruled, name: data.axis, nameLocation: "end", nameGap: 10, nameTextStyle: { color: look.muted, fontSize: 11, align: "left" }, axisLabel: { ...ticks.axisLabel, formatter: figure } },
      series: boxes.length ? series : series.slice(-1),
    };
  }

  const heights = {
    ranges: (chart, width) => {
      const { width: wide, letter, high } = flatLabel(width), sides = chart.data.together ? 1 : chart.data.bars.length, paper = house.printing();
      const least = Math.max(paper ? 20 : 30, 10 + (paper ? 8 : 13) * sides);
      const beside = 8 + HIGH * Math.max(1, Math.ceil((LETTER * told(chart.data)) / Math.max(1, room(chart.data, width) - 10)));
      const named = entries(chart.data);
      return 46 + (named.length ? 20 * legendRows(named.map((one) => one.name), width) : 0) + Math.max(beside, rowHeight(chart.data.categories, wide, 1.15 * letter, high, least)) * chart.data.categories.length;
    },
    steps: () => (house.printing() ? 270 : 360),
  };
  return { kinds: { ranges, steps }, heights };
};

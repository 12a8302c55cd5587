/* The sizes over the revisions. Own layers and model each have a picture and a scale of their own, or a model of a
 * gigabyte would hide what becomes of a server of five megabytes. */
const CHART = { height: 190, left: 78, right: 14, top: 14, bottom: 24 };

/* Such as 4.85 MB: as many digits as it takes to tell one step from the next. */
function tickLabel(bytes, step, largest) {
    const [symbol, unit] = UNITS.find(([, least]) => largest >= least) || ['B', 1];
    return `${(bytes / unit).toFixed(Math.max(0, -Math.floor(Math.log10(step / unit) + 1e-9)))} ${symbol}`;
}

/* Three to seven round numbers within a range. */
function ticks(low, high) {
    const raw = Math.max(1, (high - low) / 4);
    const power = 10 ** Math.floor(Math.log10(raw));
    const step = Math.max(1, [1, 2, 5, 10].find(each => each * power >= raw) * power);
    const found = [];
    for (let at = Math.ceil(low / step) * step; at <= high; at += step) {
        found.push(at);
    }
    return found.map(at => [at, tickLabel(at, step, high)]);
}

function day(point) {
    return point.time ? point.time.slice(0, 10) : 'this audit';
}

function moment(point) {
    return point.time ? `${point.time.slice(0, 16).replace('T', ' ')} UTC` : 'not recorded';
}

function revision(point) {
    return /^[0-9a-f]{40,64}$/.test(point.revision) ? point.revision.slice(0, 12) : point.revision || 'this audit';
}

function symbol(outcome, x, y, radius) {
    return outcome === 'fail'
        ? drawing('path', { d: `M${x} ${y - radius * 1.5}l${radius * 1.5} ${radius * 1.5}l${-radius * 1.5} ${radius * 1.5}l${-radius * 1.5} ${-radius * 1.5}z` })
        : drawing('circle', { cx: x, cy: y, r: radius });
}

class TrendChart {
    constructor(trend, series, name) {
        Object.assign(this, { points: trend.points, series, name });
        this.values = trend.points.map(point => point[series]);
        this.ceiling = trend.ceiling && trend.ceiling.series === series ? trend.ceiling : null;
        this.from = trend.ceiling ? trend.ceiling.from : 0;
        this.window = trend.ceiling && trend.ceiling.window;
        this.lowest = this.values.lastIndexOf(Math.min(...this.values.slice(this.from)));
        this.chosen = this.values.length - 1;
        this.frame = element('div', { class: series, keydown: event => this.key(event), pointermove: event => this.point(event) });
        this.detail = element('p', { class: 'detail' });
        this.element = element('div', { class: 'trend' }, element('h3', {}, name), element('p', {}, this.summary()), this.frame,
            this.legend(), this.detail);
        this.tell();
        new ResizeObserver(() => this.draw()).observe(this.frame);
    }

    summary() {
        const [first, last] = [this.values[0], this.values[this.values.length - 1]];
        return first === last ? `${size(last)}, as at the start.`
            : `${size(first)} → ${size(last)}: ${signed(last - first, exact)}${first ? ` (${change(first, last)})` : ''}.`;
    }

    legend() {
        const key = (...shapes) => drawing('svg', { viewBox: '0 0 22 12', 'aria-hidden': 'true' }, shapes);
        const items = [[drawing('g', { class: 'point' }, drawing('circle', { cx: 11, cy: 6, r: 5, class: 'lowest' })),
            `lowest${this.window ? ` of the last ${grouped(this.window)} revisions` : ''}: ${exact(this.values[this.lowest])}`]];
        if (this.ceiling) {
            items.push([drawing('line', { class: 'ceiling', x1: 0, x2: 22, y1: 6, y2: 6 }), `limit: ${exact(this.ceiling.bytes)}, for `
                + `growth of ${this.ceiling.limit.replace('%', ' %')} above the lowest`]);
        }
        for (const [outcome, text] of [['fail', 'a budget was exceeded'], ['warn', 'a warning']]) {
            if (this.points.some(point => point.outcome === outcome)) {
                items.push([drawing('g', { class: `point ${outcome}` }, symbol(outcome, 11, 6, 3.5)), text]);
            }
        }
        if (this.from > 0) {
            items.push([drawing('rect', { class: 'window', width: 22, height: 12 }), 'what the budget looks back at']);
        }
        return element('p', { class: `legend note ${this.series}` },
            items.map(([shape, text]) => element('span', {}, key(shape), text)));
    }

    describe(i) {
        const before = this.values[i - 1];
        const step = i === 0 ? '' : before === this.values[i] ? ', as before'
            : `, ${signed(this.values[i] - before, exact)}${before ? ` (${change(before, this.values[i])})` : ''} to the one before`;
        return [revision(this.points[i]), `${moment(this.points[i])}; ${size(this.values[i])}, exactly ${exact(this.values[i])}${step}; `
            + `${WORDS[this.points[i].outcome]}${i === this.lowest ? '; the lowest' : ''}`];
    }

    draw() {
        const width = Math.max(280, Math.round(this.frame.clientWidth));
        if (width === this.width) {
            return;
        }
        this.width = width;
        const { height, left, right, top, bottom } = CHART;
        const all = this.ceiling ? [...this.values, this.ceiling.bytes] : this.values;
        const [least, most] = [Math.min(...all), Math.max(...all)];
        const room = Math.max(1, (most - least) * 0.08, most === least ? most * 0.01 : 0);
        const [low, high] = [Math.max(0, least - room), most + room];
        this.x = i => left + i * (width - left - right) / (this.values.length - 1);
        const y = bytes => height - bottom - (bytes - low) / (high - low) * (height - top - bottom);
        const radius = this.values.length * 9 > width ? 2 : 3.5;
        this.marks = this.points.map((point, i) => {
            const [at, to] = [this.x(i), y(this.values[i])];
            return drawing('g', { class: `point ${point.outcome}`, role: 'img', tabindex: '-1', 'aria-label': this.describe(i).join('; '),
                focus: () => this.choose(i) },
            symbol(point.outcome, at, to, radius),
            i === this.lowest ? drawing('circle', { class: 'lowest', cx: at, cy: to, r: radius + 3 }) : null,
            drawing('circle', { class: 'mark', cx: at, cy: to, r: radius + 6 }));
        });
        const text = (x, at, anchor, words) => drawing('text', { x, y: at, 'text-anchor': anchor }, words);
        this.frame.replaceChildren(drawing('svg', { viewBox: `0 0 ${width} ${height}`, role: 'group', 'aria-label': `${this.name}: ${this.summary()}` },
            drawing('g', { 'aria-hidden': 'true' },
                this.from > 0 ? drawing('rect', { class: 'window', x: this.x(this.from), y: top, width: width - right - this.x(this.from), height: height - top - bottom }) : null,
                ticks(low, high).map(([at, label]) => [drawing('line', { class: 'grid', x1: left, x2: width - right, y1: y(at), y2: y(at) }),
                    text(left - 10, y(at) + 4, 'end', label)]),
                text(left, height - 4, 'start', day(this.points[0])),
                text(width - right, height - 4, 'end', day(this.points[this.points.length - 1])),
                this.ceiling ? drawing('line', { class: 'ceiling', x1: left, x2: width - right, y1: y(this.ceiling.bytes), y2: y(this.ceiling.bytes) }) : null,
                drawing('path', { class: 'line', d: `M${this.values.map((bytes, i) => `${this.x(i)} ${y(bytes)}`).join('L')}` })),
            this.marks));
        this.choose(this.chosen);
    }

    choose(i) {
        this.marks.forEach((mark, each) => {
            mark.setAttribute('tabindex', each === i ? '0' : '-1');
            mark.classList.toggle('chosen', each === i);
        });
        this.chosen = i;
        this.tell();
    }

    tell() {
        const [name, words] = this.describe(this.chosen);
        this.detail.replaceChildren(foreign(name), ` ${words}`);
    }

    point(event) {
        const box = this.frame.getBoundingClientRect();
        const at = (event.clientX - box.left) * this.width / box.width;
        const nearest = Math.round((at - this.x(0)) / (this.x(1) - this.x(0)));
        this.choose(Math.min(this.values.length - 1, Math.max(0, nearest)));
    }

    key(event) {
        const next = { ArrowLeft: this.chosen - 1, ArrowRight: this.chosen + 1, Home: 0, End: this.values.length - 1 }[event.key];
        if (next !== undefined) {
            event.preventDefault();
            this.marks[Math.min(this.values.length - 1, Math.max(0, next))].focus();
        }
    }
}

function trend(data) {
    const past = data.trend;
    if (!past) {
        return null;
    }
    const gated = past.ceiling && past.ceiling.series;
    const names = [['own', past.knowsBase ? 'Own layers' : 'Without the model'], ['model', 'Model'], ['image', 'All layers']].filter(([series]) =>
        series === 'own' || series === gated || series === 'model' && past.points.some(point => point.model > 0));
    const charts = names.map(([series, name]) => new TrendChart(past, series, name));
    const columns = names.flatMap(([, name]) => [[`${name}, bytes`, true], ['Change', true]]);
    const rows = past.points.map((point, i) => [
        element('span', {}, foreign(revision(point))), moment(point), WORDS[point.outcome],
        ...names.flatMap(([series]) => [grouped(point[series]), i ? delta(past.points[i - 1][series], point[series]) : '–'])]).reverse();
    const left = [past.older && `${counted(past.older, 'older audit')} left out`,
        past.others && `${counted(past.others, 'audit')} left out, since of the base image more or less was known`].filter(Boolean);
    return section('trend', 'Trend', `${counted(past.points.length, 'audit')} of ${counted(past.revisions, 'revision')}, from `
        + `${day(past.points[0])} to ${day(past.points[past.points.length - 1])}${left.map(each => `; ${each}`).join('')}`,
    charts.map(chart => chart.element),
    element('p', { class: 'note keys' }, '← and → go from audit to audit.'),
    element('details', { class: 'alternative' }, element('summary', {}, 'The same as a table'),
        table('Audits, newest first', [['Revision'], ['Time'], ['Outcome'], ...columns], rows)));
}

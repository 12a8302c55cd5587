/* The sections of the page, each from the part of the data that it shows. */
const WORDS = { pass: 'PASS', warn: 'WARN', fail: 'FAIL', error: 'ERROR' };

function verdict(data) {
    const { image, outcome } = data;
    const about = [image.id && `id ${image.id.replace(/^sha256:/, '').slice(0, 12)}`, image.platform,
        image.source && `read from ${image.source}`].filter(Boolean);
    const exceeded = data.budgets.filter(budget => budget.verdict !== 'pass');
    return element('div', { class: `verdict ${outcome}`, id: 'verdict' },
        element('p', { class: 'word' }, WORDS[outcome]),
        element('div', {},
            element('h1', {}, foreign(image.name)),
            element('p', { class: 'headline' }, foreign(data.headline, 'sentence')),
            exceeded.length ? element('ul', {}, exceeded.slice(0, 5).map(budget =>
                element('li', {}, foreign(budget.message, 'sentence')))) : null,
            element('p', { class: 'note' }, about.length ? foreign(about.join(' · '), 'sentence') : null,
                data.unchecked ? ` · ${counted(data.unchecked, 'digest')} not checked, since contents were skipped` : null)));
}

function figures(data) {
    const { sizes } = data;
    const figure = (name, bytes, note) => bytes === null ? null : element('div', { class: 'figure' },
        element('dt', {}, name), element('dd', {}, sized(bytes), element('small', {}, exact(bytes)), element('small', {}, note)));
    const hasBase = data.layers.some(layer => layer.kind === 'base');
    return element('dl', { class: 'figures' },
        figure('Unpacked', sizes.unpackedBytes, `${counted(sizes.layerCount, 'layer')} on disk`),
        figure('Visible', sizes.visibleBytes, `${counted(sizes.fileCount, 'file')} that a container sees`),
        figure('Wasted', sizes.wastedBytes, 'replaced or hidden by later layers'),
        figure('Model', sizes.modelBytes, 'model files, each once'),
        figure('Without model', sizes.withoutModelBytes, 'unpacked less the model'),
        hasBase ? figure('Own', sizes.ownBytes, 'without the base image') : null,
        figure('Packed', sizes.packedBytes, 'what a registry transfers'));
}

function more(rest, thing) {
    return rest ? element('p', { class: 'note' }, `And ${counted(rest.count, thing)} more`
        + `${rest.bytes ? `, with ${size(rest.bytes)} (${exact(rest.bytes)})` : ''}.`) : null;
}

function budgetName(budget) {
    return ['layers', 'paths', 'forbidden'].includes(budget.budget) ? `${budget.budget} ${budget.subject}` : budget.budget;
}

function gauge(budget) {
    const { limitValue: most, actualValue: actual } = budget;
    const scale = Math.max(most, actual, 1) * (actual > most ? 1 : 1.08);
    const percent = value => `${100 * value / scale}%`;
    const values = budget.unit === 'bytes' ? [exact(actual), exact(most)] : [grouped(actual), grouped(most)];
    return element('div', {
        class: 'gauge', role: 'meter', 'aria-label': budgetName(budget), 'aria-valuemin': '0', 'aria-valuemax': String(Math.max(most, actual)),
        'aria-valuenow': String(actual), 'aria-valuetext': `${budget.actual} of ${limit(budget)}`, title: `${values[0]} of ${values[1]}`,
    },
    element('span', { class: 'kept', style: { width: percent(Math.min(actual, most)) } }),
    actual > most ? element('span', { class: 'over', style: { left: percent(most), width: percent(actual - most) } }) : null,
    element('span', { class: 'limit', style: { left: percent(most) } }));
}

/* As written, but with the blank that a size is printed with. */
function limit(budget) {
    return budget.limit.replace(/(\d)([A-Za-z])/, '$1 $2');
}

function budgets(data) {
    if (!data.budgets.length) {
        return null;
    }
    const order = ['fail', 'warn', 'pass'];
    const worstFirst = [...data.budgets].sort((one, other) => order.indexOf(one.verdict) - order.indexOf(other.verdict));
    const items = worstFirst.map(budget => element('li', { class: `budget ${budget.verdict}` },
        element('div', { class: 'row' },
            element('h3', {}, foreign(budgetName(budget), 'sentence')),
            chip(budget.waived ? `WAIVED UNTIL ${budget.waived}` : WORDS[budget.verdict], budget.verdict)),
        gauge(budget),
        element('p', { class: 'row values' },
            element('span', {}, element('b', {}, budget.actual), ' of ', limit(budget)),
            element('span', {}, budget.difference)),
        budget.verdict === 'pass' ? null : element('p', {}, foreign(budget.message, 'sentence')),
        budget.reason ? element('p', { class: 'note' }, 'Reason: ', foreign(budget.reason, 'sentence')) : null,
        budget.contributors.length ? table(`What counts toward ${budgetName(budget)}`,
            [['Path'], ['Size', true], ['Bytes', true], ['Layer', true]],
            budget.contributors.map(file => [foreign(`/${file.path}`), size(file.bytes), grouped(file.bytes), file.layer])) : null,
        more(budget.moreContributors, 'file')));
    return section('budgets', 'Budgets', `${counted(data.budgets.length, 'budget')}`,
        element('ul', { class: 'budgets' }, items), more(data.moreBudgets, 'budget'));
}

function layers(data, page) {
    if (!data.layers.length) {
        return null;
    }
    const whole = data.sizes.unpackedBytes;
    const largest = Math.max(...data.layers.map(layer => layer.bytes));
    const stack = element('div', { class: 'stack', 'aria-hidden': 'true' }, data.layers.filter(layer => layer.bytes > 0).map(layer =>
        element('span', { class: layer.kind, style: { 'flex-grow': String(layer.bytes) }, title: `layer ${layer.index}: ${size(layer.bytes)}` })));
    const rows = data.layers.map(layer => element('li', { class: 'layer' },
        element('span', { class: 'index' }, String(layer.index)),
        chip(layer.kind, layer.kind),
        element('span', { class: 'amount' }, sized(layer.bytes), element('small', {}, `${exact(layer.bytes)} · ${share(layer.bytes, whole)}`)),
        bar(layer.bytes, largest, layer.kind),
        element('span', { class: 'rest' }, layer.packedBytes === null ? null : `packed ${size(layer.packedBytes)} · `,
            data.files && layer.fileCount ? element('button', {
                type: 'button', class: 'link', click: () => page.search(`layer:${layer.index} `),
                'aria-label': `Show the files of layer ${layer.index}`,
            }, counted(layer.fileCount, 'file')) : counted(layer.fileCount, 'file')),
        foreign(layer.createdBy || '(not told by the history)', 'code instruction')));
    return section('layers', 'Layers', 'lowest first, with the instruction that made each',
        stack, element('ol', { class: 'layers' }, rows), more(data.moreLayers, 'smaller layer'));
}

function findings(data) {
    if (!data.findings.length) {
        return null;
    }
    const items = data.findings.map(finding => element('li', { class: 'finding' },
        element('div', { class: 'row' },
            element('h3', {}, chip(finding.rule, 'rule'), ' ', foreign(finding.title, 'sentence')), finding.bytes ? sized(finding.bytes) : null),
        element('p', {}, foreign(finding.advice, 'sentence')),
        finding.paths.some(file => file.path !== '(blank)') ? table(`Where ${finding.rule} was found`,
            [['Path'], ['Size', true], ['Bytes', true], ['Layer', true]],
            finding.paths.map(file => [foreign(`/${file.path}`), size(file.bytes), grouped(file.bytes), file.layer < 0 ? '–' : file.layer])) : null,
        more(finding.morePaths, 'place')));
    return section('findings', 'Findings', 'what need not be in the image', element('ul', { class: 'findings' }, items),
        more(data.moreFindings, 'finding'));
}

function components(data, treemap) {
    if (!data.components.length) {
        return null;
    }
    const whole = data.sizes.visibleBytes;
    const rows = data.components.map(component => {
        const node = treemap && treemap.root.children.find(child => child.component === component.name);
        const swatch = element('span', { class: 'swatch', 'aria-hidden': 'true', style: { '--hue': treemap ? treemap.hue(component.name) : '0' } });
        const name = foreign(component.name, 'sentence');
        return [[swatch, node ? element('button', { type: 'button', class: 'link', click: () => {
            treemap.zoom(node);
            treemap.element.scrollIntoView({ block: 'nearest' });
        } }, name) : name],
        size(component.bytes), grouped(component.bytes), share(component.bytes, whole), grouped(component.fileCount)];
    });
    rows.push([element('b', {}, 'all'), size(whole), grouped(whole), share(whole, whole), grouped(data.sizes.fileCount)]);
    return section('components', 'Components', null, table('Bytes of each component',
        [['Component'], ['Size', true], ['Bytes', true], ['Share', true], ['Files', true]], rows), more(data.moreComponents, 'component'));
}

/* What grew since the baseline, or against what was compared. */
const PARTS = { own: 'Own layers', model: 'Model', base: 'Base image', image: 'Image' };
const BASES = {
    same: 'The base image is the same.', refreshed: 'The base image was refreshed: what it grew is told apart.',
    unknown: 'The base image is known on one side only, so all layers are compared.',
};
const KINDS = { added: 'added', removed: 'removed', resized: 'resized', moved: 'moved', moved_by_name: 'moved (same name and size)' };

function delta(before, after) {
    const bytes = after - before;
    const text = bytes === 0 ? '±0' : signed(bytes, size);
    return element('span', { class: `delta ${bytes > 0 ? 'more' : bytes < 0 ? 'less' : ''}`, title: bytes === 0 ? '0 B' : signed(bytes, exact) }, text);
}

function change(before, after) {
    return before > 0 ? signed(100 * (after - before) / before, percent => `${percent.toFixed(1)} %`) : after > 0 ? 'new' : '–';
}

function growthTable(label, name, items, cells) {
    return items.length ? [element('h3', {}, label), table(label,
        [[name], ['Change', true], ['Bytes', true], ['Before', true], ['After', true]],
        items.map(item => [cells(item), delta(item.before, item.after), item.after === item.before ? '0' : signed(item.after - item.before, grouped),
            grouped(item.before), grouped(item.after)]))] : [];
}

function growth(data) {
    const grown = data.growth;
    if (!grown) {
        return null;
    }
    const { totals } = grown;
    const parts = element('dl', { class: 'figures plain' }, grown.parts.map(part => element('div', { class: 'figure' },
        element('dt', {}, PARTS[part.name] || part.name),
        element('dd', {}, element('span', { class: 'size' }, delta(part.before, part.after)),
            element('small', {}, `${signed(part.after - part.before, exact)} (${change(part.before, part.after)})`),
            element('small', {}, `${size(part.before)} → ${size(part.after)}`)))));
    const files = totals ? element('p', {}, `Files: ${counted(totals.addedFiles, 'file')} added (${exact(totals.addedBytes)}), `
        + `${grouped(totals.removedFiles)} removed (${exact(totals.removedBytes)}), ${grouped(totals.resizedFiles)} resized `
        + `(${signed(totals.resizedBytes, exact)}), ${grouped(totals.movedFiles)} moved (${exact(totals.movedBytes)}).`) : null;
    return section('growth', 'Growth', null,
        element('p', {}, 'Against the ', grown.kind, ' ', foreign(grown.where), ', of ', foreign(grown.image), '. ', BASES[grown.base] || ''),
        parts, files,
        growthTable('By component', 'Component', grown.components, item => foreign(item.name, 'sentence')),
        growthTable('By layer', 'Layer', grown.layers, item => [
            `${item.beforeIndex === null ? 'new' : item.beforeIndex} → ${item.afterIndex === null ? 'gone' : item.afterIndex} `,
            foreign(item.createdBy || '(not told by the history)', 'code')]),
        growthTable('By directory', 'Directory', grown.directories, item => foreign(`/${item.name}`)),
        growthTable('By file', 'File', grown.files, item => [foreign(`/${item.path}`), ` ${KINDS[item.kind] || item.kind}`]),
        grown.moved.length ? [element('h3', {}, 'Moved, which is no growth'), table('Moved files', [['From'], ['To'], ['Bytes', true]],
            grown.moved.map(item => [foreign(`/${item.from}`), foreign(`/${item.path}`), grouped(item.after)]))] : null);
}

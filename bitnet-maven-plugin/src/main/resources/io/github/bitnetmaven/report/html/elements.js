/* Elements are made by hand, and text is only ever text: nothing of an image is parsed as markup. */
function element(name, properties = {}, ...children) {
    const made = document.createElement(name);
    fill(made, properties, children);
    return made;
}

function drawing(name, properties = {}, ...children) {
    const made = document.createElementNS('http://www.w3.org/2000/svg', name);
    fill(made, properties, children);
    return made;
}

function fill(made, properties, children) {
    for (const [name, value] of Object.entries(properties)) {
        if (value === null || value === undefined || value === false) {
            continue;
        }
        if (typeof value === 'function') {
            made.addEventListener(name, value);
        } else if (name === 'style') {
            Object.entries(value).forEach(([property, text]) => made.style.setProperty(property, text));
        } else {
            made.setAttribute(name, value === true ? '' : value);
        }
    }
    made.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined));
}

/* A text that came out of an image: letters from right to left must not reorder what stands around it. */
function foreign(text, className = 'path') {
    return element('bdi', { class: className, dir: 'ltr' }, text);
}

/* A size, with the exact bytes for whoever asks. */
function sized(bytes) {
    return element('span', { class: 'size', title: exact(bytes) }, size(bytes));
}

function chip(text, kind) {
    return element('span', { class: `chip ${kind}` }, text);
}

function bar(part, whole, className) {
    const percent = whole > 0 ? Math.min(100, 100 * part / whole) : 0;
    return element('span', { class: `bar ${className || ''}`, 'aria-hidden': 'true' },
        element('span', { class: 'fill', style: { width: `${percent}%` } }));
}

/* Columns: name, and whether it holds numbers. A wide table scrolls in its own frame, also by keyboard. */
function table(label, columns, rows) {
    const heads = columns.map(([name, number]) => element('th', { scope: 'col', class: number ? 'number' : null }, name));
    const body = rows.map(cells => element('tr', {}, cells.map((cell, i) =>
        element('td', { class: columns[i][1] ? 'number' : null }, cell))));
    return element('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': label },
        element('table', {}, element('thead', {}, element('tr', {}, heads)), element('tbody', {}, body)));
}

function section(id, title, note, ...content) {
    return element('section', { id, 'aria-labelledby': `${id}-title` },
        element('header', {}, element('h2', { id: `${id}-title` }, title), note ? element('p', { class: 'note' }, note) : null),
        content);
}

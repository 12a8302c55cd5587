/* The files as areas. d3-hierarchy lays them out; every area is a button, reached by Tab and the arrow keys. */
const DEPTH = 4;
const LEAST_AREA = 90;
const MOST_CELLS = 700;
const HEADER = 21;
const HUES = [212, 152, 32, 275, 345, 95, 185, 55, 310, 14];

class Treemap {
    constructor(root, data) {
        this.root = root;
        this.layers = new Map(data.layers.map(layer => [layer.index, layer]));
        this.hues = new Map(data.components.map((component, i) => [component.name, HUES[i % HUES.length]]));
        this.focus = root;
        this.cells = new Map();
        this.frame = element('div', {
            class: 'treemap', role: 'group', 'aria-label': 'Files by component, as areas', 'aria-describedby': 'treemap-keys',
            keydown: event => this.key(event), click: event => this.click(event),
            mouseover: event => this.tell(event), focusin: event => this.tell(event),
        });
        this.crumbs = element('nav', { class: 'crumbs', 'aria-label': 'Where you are in the treemap' });
        this.detail = element('p', { class: 'detail' });
        this.live = element('p', { class: 'hidden', role: 'status' });
        this.table = element('div', {});
        this.element = element('div', {},
            this.crumbs, this.frame, this.detail, this.live,
            element('p', { class: 'note keys', id: 'treemap-keys' },
                'Click or Enter zooms in, Escape zooms out; ← and → go to the neighbours, ↓ goes into a directory, ↑ out of it.'),
            element('details', { class: 'alternative', toggle: () => this.tabulate() },
                element('summary', {}, 'The same as a table'), this.table));
        new ResizeObserver(() => this.draw()).observe(this.frame);
    }

    hue(component) {
        return String(this.hues.has(component) ? this.hues.get(component) : 0);
    }

    zoom(node, cell) {
        if (!node.children) {
            return;
        }
        const left = this.focus;
        this.focus = node;
        this.width = 0;
        this.draw();
        this.tabulate();
        this.live.textContent = `Showing ${fullName(node)}: ${size(node.bytes)}, ${counted(node.files, 'file')}.`;
        const target = cell && this.buttonOf(left) || this.frame.querySelector('button');
        if (target) {
            this.choose(target);
        }
    }

    out() {
        if (this.focus.parent) {
            this.zoom(this.focus.parent, true);
        }
    }

    buttonOf(node) {
        for (const [button, shown] of this.cells) {
            if (shown.node === node) {
                return button;
            }
        }
        return null;
    }

    draw() {
        const { clientWidth: width, clientHeight: height } = this.frame;
        if (!width || (width === this.width && height === this.height)) {
            return;
        }
        Object.assign(this, { width, height });
        this.breadcrumbs();
        this.cells.clear();
        const least = Math.max(LEAST_AREA, width * height / MOST_CELLS);
        const shown = prune(this.focus, width * height / Math.max(1, this.focus.bytes), least, DEPTH);
        const layout = d3.treemap().size([width, height]).paddingInner(2).paddingOuter(3).paddingTop(each => each.depth ? HEADER : 3).round(true)(
            d3.hierarchy(shown).sum(each => each.children ? 0 : each.node.bytes));
        const buttons = layout.descendants().filter(each => each.depth > 0 && each.x1 > each.x0 && each.y1 > each.y0)
            .map(each => this.cell(each, layout));
        this.frame.replaceChildren(...(buttons.length ? buttons : [element('p', { class: 'empty' }, 'There are no bytes here.')]));
        if (buttons.length) {
            buttons[0].tabIndex = 0;
        }
        this.tell({ target: this.frame });
    }

    cell(each, layout) {
        const { node } = each.data;
        const [width, height] = [each.x1 - each.x0, each.y1 - each.y0];
        const kind = each.children ? 'directory' : node.rest || node.group ? 'rest' : node.children ? 'closed' : 'file';
        const button = element('button', {
            type: 'button', class: `cell ${kind} depth${each.depth}`, tabindex: '-1', 'aria-label': this.describe(node),
            style: {
                left: `${100 * each.x0 / this.width}%`, top: `${100 * each.y0 / this.height}%`,
                width: `${100 * width / this.width}%`, height: `${100 * height / this.height}%`,
                '--hue': this.hue(node.component),
            },
        });
        if (width > 34 && height > 15) {
            button.append(foreign(node.name, 'name'));
            if (each.children ? width > 150 : height > 34) {
                button.append(element('span', { class: 'bytes' }, size(node.bytes)));
            }
        }
        this.cells.set(button, { node, parent: each.parent === layout ? null : each.parent.data.node });
        return button;
    }

    describe(node) {
        const parts = [fullName(node), `${size(node.bytes)}, exactly ${exact(node.bytes)}`,
            `${share(node.bytes, this.root.bytes)} of all files`];
        if (node.children) {
            parts.push(counted(node.files, 'file'), 'Enter zooms in');
        } else if (!node.rest) {
            parts.push(`layer ${node.layer}`);
        }
        return parts.join('; ');
    }

    tell(event) {
        const button = event.target.closest('button');
        const { node } = button && this.cells.get(button) || { node: this.focus };
        const layer = this.layers.get(node.layer);
        this.detail.replaceChildren(
            foreign(fullName(node)),
            element('span', {}, `${size(node.bytes)} (${exact(node.bytes)}), ${share(node.bytes, this.root.bytes)}`
                + ` of all files${node.children || node.rest ? `, ${counted(node.files, 'file')}` : ''}`),
            ...(node.children || node.rest ? [] : [element('span', {}, `layer ${node.layer} `,
                layer && layer.createdBy ? foreign(layer.createdBy.slice(0, 120), 'code') : '')]));
    }

    choose(button) {
        this.frame.querySelectorAll('button[tabindex="0"]').forEach(each => { each.tabIndex = -1; });
        button.tabIndex = 0;
        button.focus();
    }

    click(event) {
        const button = event.target.closest('button');
        if (button) {
            this.choose(button);
            this.zoom(this.cells.get(button).node);
        }
    }

    key(event) {
        const button = event.target.closest('button');
        const { parent } = this.cells.get(button) || {};
        const siblings = [...this.cells].filter(([, cell]) => cell.parent === parent).map(([each]) => each);
        const at = siblings.indexOf(button);
        let next = null;
        switch (event.key) {
            case 'ArrowRight': next = siblings[at + 1]; break;
            case 'ArrowLeft': next = siblings[at - 1]; break;
            case 'Home': next = siblings[0]; break;
            case 'End': next = siblings[siblings.length - 1]; break;
            case 'ArrowUp': next = parent && this.buttonOf(parent); break;
            case 'ArrowDown': next = [...this.cells].filter(([, cell]) => cell.parent === this.cells.get(button).node)
                .map(([each]) => each)[0]; break;
            case 'Escape': case 'Backspace': this.out(); break;
            default: return;
        }
        event.preventDefault();
        if (next) {
            this.choose(next);
        }
    }

    breadcrumbs() {
        const nodes = [this.root, ...ancestry(this.focus)];
        const model = this.root.children.find(node => node.component === 'model');
        const others = this.root.children.filter(node => node !== model);
        const without = model && others.length && this.focus === this.root
            ? element('button', { type: 'button', class: 'without', click: () => this.zoom(sum({
                name: 'without the model', parent: this.root, component: null, children: others, bytes: 0, files: 0, group: true,
            })) }, 'Without the model') : null;
        this.crumbs.replaceChildren(element('ol', {}, nodes.map((node, i) => element('li', {}, i === nodes.length - 1
            ? element('span', { 'aria-current': 'location' }, foreign(node.name))
            : element('button', { type: 'button', class: 'link', click: () => this.zoom(node) }, foreign(node.name))))),
        without || '');
    }

    tabulate() {
        const open = this.table.parentElement.open;
        const children = open ? this.focus.children.slice(0, 200) : [];
        const rest = open ? this.focus.children.slice(200) : [];
        const bytes = rest.reduce((all, node) => all + node.bytes, 0);
        const rows = children.map(node => [
            node.children ? element('button', { type: 'button', class: 'link', click: () => this.zoom(node) }, foreign(node.name))
                : foreign(node.name),
            size(node.bytes), grouped(node.bytes), share(node.bytes, this.root.bytes), grouped(node.files)]);
        if (rest.length) {
            rows.push([`${grouped(rest.length)} more`, size(bytes), grouped(bytes), share(bytes, this.root.bytes),
                grouped(rest.reduce((all, node) => all + node.files, 0))]);
        }
        this.table.replaceChildren(open ? table(`Files in ${fullName(this.focus)}`,
            [['Name'], ['Size', true], ['Bytes', true], ['Share', true], ['Files', true]], rows) : '');
    }
}

/*
 * What is large enough to be seen, so many levels deep; the smaller ones are one area with all their bytes. Of what is
 * zoomed into the first ones are shown in any case, or a directory of a thousand equal files would never open.
 */
function prune(node, areaOfByte, least, depth) {
    if (!node.children || depth === 0) {
        return { node };
    }
    const large = node.children.filter((child, i) =>
        child.bytes * areaOfByte >= least || (depth === DEPTH && i < MOST_CELLS / 3));
    const small = node.children.slice(large.length);
    const children = large.map(child => prune(child, areaOfByte, least, depth - 1));
    if (small.length === 1) {
        children.push({ node: small[0] });
    } else if (small.length) {
        const group = { name: `${grouped(small.length)} smaller`, parent: node, component: node.component, children: small, bytes: 0, files: 0 };
        children.push({ node: Object.assign(sum(group), { group: true }) });
    }
    return large.length ? { node, children } : { node };
}

/* The biggest files, or those that were asked for: words of the path, layer:3, component:model. */
const MOST_ROWS = 25;

class Search {
    constructor(treemap, data) {
        this.treemap = treemap;
        this.all = null;
        this.input = element('input', {
            type: 'search', id: 'search', autocomplete: 'off', spellcheck: 'false', maxlength: '500',
            placeholder: 'usr/lib .so   layer:2   component:backend', input: () => this.show(),
            keydown: event => {
                if (event.key === 'Escape') {
                    this.input.value = '';
                    this.show();
                }
            },
        });
        this.status = element('p', { class: 'note', role: 'status' });
        this.rows = element('div', {});
        this.whole = data.sizes.visibleBytes;
        this.element = section('files', 'Files', 'the biggest first',
            element('p', { class: 'searchbox' }, element('label', { for: 'search' }, 'Search'), this.input), this.status, this.rows);
        this.show();
    }

    ask(query) {
        this.input.value = query;
        this.show();
        this.input.focus();
        this.element.scrollIntoView({ block: 'start' });
    }

    show() {
        this.all = this.all || leaves(this.treemap.root);
        const { files, folded } = this.all;
        const tests = this.input.value.toLowerCase().split(/\s+/).filter(Boolean).map(Search.test);
        const found = tests.length ? files.filter(file => tests.every(test => test(file))) : files;
        const bytes = found.reduce((sum, file) => sum + file.bytes, 0);
        const parts = [`${counted(found.length, 'file')}${tests.length ? ' found' : ''}, ${size(bytes)} (${exact(bytes)})`];
        if (found.length > MOST_ROWS) {
            parts.push(`the ${MOST_ROWS} biggest are shown`);
        }
        if (folded.files) {
            parts.push(`${counted(folded.files, 'smaller file')} with ${size(folded.bytes)} (${exact(folded.bytes)}) cannot be searched here:`
                + ' inventory.ndjson.gz has them');
        }
        this.status.textContent = `${parts.join('; ')}.`;
        this.rows.replaceChildren(table('The biggest files, or those that were found', [['Path'], ['Size', true], ['Bytes', true], ['Share', true], ['Layer', true], ['Component']],
            found.slice(0, MOST_ROWS).map(file => [
                element('button', { type: 'button', class: 'link', title: 'Show in the treemap', click: () => this.locate(file) }, foreign(file.path)),
                size(file.bytes), grouped(file.bytes), share(file.bytes, this.whole), file.layer, foreign(file.component, 'sentence')])));
    }

    locate(file) {
        this.treemap.zoom(file.parent);
        this.treemap.element.scrollIntoView({ block: 'center' });
        const button = this.treemap.buttonOf(file);
        if (button) {
            this.treemap.choose(button);
        }
    }

    static test(word) {
        const layer = /^layer:(\d+)$/.exec(word);
        if (layer) {
            return file => file.layer === Number(layer[1]);
        }
        if (word.startsWith('component:')) {
            return file => file.component.toLowerCase().startsWith(word.slice(10));
        }
        return file => file.path.toLowerCase().includes(word);
    }
}

/* Light, dark, or as the system has it. Where nothing can be stored, as in some frames, the choice lasts for the page. */
const THEMES = ['auto', 'light', 'dark'];

function stored(theme) {
    try {
        if (theme) {
            localStorage.setItem('bitnet-report-theme', theme);
        }
        return localStorage.getItem('bitnet-report-theme');
    } catch (e) {
        return null;
    }
}

function themeButton() {
    let theme = THEMES.includes(stored()) ? stored() : 'auto';
    const show = button => {
        document.documentElement.dataset.theme = theme;
        button.textContent = `Theme: ${theme}`;
    };
    const button = element('button', { type: 'button', id: 'theme', click: () => {
        theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
        stored(theme);
        show(button);
    } });
    show(button);
    return button;
}

function page(data) {
    const treemap = data.files ? new Treemap(fileTree(data), data) : null;
    const search = treemap ? new Search(treemap, data) : null;
    const sections = [
        budgets(data),
        layers(data, { search: query => search.ask(query) }),
        treemap && section('treemap', 'Where the bytes are', `${size(treemap.root.bytes)} that a container sees, by component`, treemap.element),
        findings(data),
        growth(data),
        trend(data),
        search && search.element,
        components(data, treemap),
    ].filter(Boolean);
    const links = sections.map(each => element('a', { href: `#${each.id}` }, each.querySelector('h2').textContent));
    document.body.append(
        element('a', { class: 'skip', href: '#content' }, 'Skip to the report'),
        element('header', { class: 'top' },
            element('p', { class: 'brand' }, 'Image audit'),
            element('nav', { 'aria-label': 'Sections' }, links), themeButton()),
        element('main', { id: 'content', tabindex: '-1' }, verdict(data), data.sizes ? figures(data) : null, sections),
        element('footer', {}, element('p', { class: 'note' },
            '1 MB = 1,000,000 B. Sizes are sums of the entries of the layers, so that an image has one size on every engine. '
            + 'Written by bitnet-maven-plugin from audit.json and inventory.ndjson.gz.')));
    document.addEventListener('keydown', event => {
        if (search && event.key === '/' && !/^(INPUT|TEXTAREA)$/.test(event.target.tagName)) {
            event.preventDefault();
            search.input.focus();
        }
    });
    addEventListener('beforeprint', () => document.querySelectorAll('details').forEach(each => { each.open = true; }));
    if (treemap) {
        treemap.draw();
    }
    document.documentElement.dataset.ready = String(Math.round(performance.now()));
}

page(JSON.parse(document.getElementById('data').textContent));

/* The files as they come: [name, bytes, layer], directories as [name, [children], files of the rest, bytes of the rest]. */
function fileTree(data) {
    const root = { name: 'image', parent: null, component: null, children: [], bytes: 0, files: 0 };
    for (const component of data.files) {
        const node = treeNode(component, root, component[0]);
        if (node.files > 0) {
            root.children.push(node);
        }
    }
    sum(root);
    return root;
}

function treeNode(item, parent, component) {
    const node = { name: item[0], parent, component, children: null, bytes: 0, files: 0 };
    if (!Array.isArray(item[1])) {
        return Object.assign(node, { bytes: item[1], files: 1, layer: item[2] });
    }
    node.children = item[1].map(child => treeNode(child, node, component));
    if (item[2]) {
        node.children.push({
            name: counted(item[2], 'smaller file'), parent: node, component, children: null, bytes: item[3],
            files: item[2], rest: true,
        });
    }
    return sum(node);
}

function sum(node) {
    node.children.sort((one, other) => other.bytes - one.bytes);
    for (const child of node.children) {
        node.bytes += child.bytes;
        node.files += child.files;
    }
    return node;
}

/* From below the root to the node. */
function ancestry(node) {
    const nodes = [];
    for (let each = node; each.parent; each = each.parent) {
        nodes.unshift(each);
    }
    return nodes;
}

/* The path in the image, without the component. */
function pathOf(node) {
    return `/${ancestry(node).filter(each => !each.group).slice(1).map(each => each.name).join('/')}`;
}

function fullName(node) {
    if (!node.parent) {
        return 'the image';
    }
    if (node.rest || node.group) {
        return `${node.name} in ${fullName(node.parent)}`;
    }
    return node.parent.parent ? pathOf(node) : node.name;
}

/* Every file that is shown, largest first; the folded ones are counted. */
function leaves(root) {
    const files = [];
    const folded = { files: 0, bytes: 0 };
    const open = [root];
    while (open.length) {
        const node = open.pop();
        if (node.children) {
            open.push(...node.children);
        } else if (node.rest) {
            folded.files += node.files;
            folded.bytes += node.bytes;
        } else {
            files.push(node);
        }
    }
    files.forEach(file => { file.path = pathOf(file); });
    files.sort((one, other) => other.bytes - one.bytes || (one.path < other.path ? -1 : 1));
    return { files, folded };
}

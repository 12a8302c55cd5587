/* Sizes are printed as ByteSize.print does: decimal units, three significant digits, half up. */
const UNITS = [['TB', 1e12], ['GB', 1e9], ['MB', 1e6], ['kB', 1e3], ['B', 1]];

function size(bytes) {
    const step = 10 ** Math.max(0, String(bytes).length - 3);
    const rounded = Math.floor((bytes + step / 2) / step) * step;
    const [symbol, unit] = UNITS.find(([, least]) => rounded >= least) || ['B', 1];
    return `${Number((rounded / unit).toPrecision(4))} ${symbol}`;
}

/* 1,234,567: the same in every locale, so that two people see the same. */
function grouped(number) {
    return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
}

function exact(bytes) {
    return `${grouped(bytes)} B`;
}

function counted(count, thing) {
    return `${grouped(count)} ${thing}${count === 1 ? '' : 's'}`;
}

function share(part, whole) {
    if (whole <= 0) {
        return '–';
    }
    const percent = 100 * part / whole;
    return percent > 0 && percent < 0.1 ? '< 0.1 %' : `${percent.toFixed(1)} %`;
}

function signed(number, print) {
    return `${number < 0 ? '−' : '+'}${print(Math.abs(number))}`;
}

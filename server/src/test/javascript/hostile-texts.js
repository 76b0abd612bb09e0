// @ts-check
/** Texts of the greatest length that are made to cost: every kind of sign again and again, alone and with others. */

const LENGTH = 4_000;

const PARTS = [
    '*', '**', '***', '_', '__', '~', '~~', '`', '``', '```', '```\n', '```css\n', '[', '![', ']', '](', '[]', '[](', '[a](', '[a](b)', '[a](<', '[a](b "',
    '(', ')', '()', '<', '>', '<a', '<b>', '</b>', '<!--', '<!', '<?', '<a@b.c>', '<http://a>', '|', '|a', '|a|b|\n', '|-', '|-|-|\n', '|a|\n|-|\n',
    '-', '- ', '- - ', '- a\n', '\n- ', '+ ', '* *', '1.', '1. ', '\n1. ', '1. a\n', '# ', '#', '=', '===\n', '---\n', 'a\n', 'a\n\n', '\n', '\n\n',
    ' ', '  ', '    ', '\n    ', '\t', '> ', '>\n', '\n> ', 'a  \n', '\\', '\\\n', '\\*', '&', '&amp;', '&#', '[a]: b\n', '[a]:', '- [ ] ',
    'http://', 'https://a', 'http://a.b ', 'http://a.b/(', 'http://a.b/)', 'http://a.b/*', 'http://[', 'https://é ', 'www.', 'www.a.b ', 'www.a.b/(', 'mailto:',
    'a@b.cd ', 'a@b.', 'a@', 'a.', 'a-a', '@', '@a', '@Ada', '@Ada ', '@@@@@@@@', '/', '//', ':', ':tada:', ':tada', ':a:', '+1:', '"', "'", '!', '?', '.',
    '{', '%', 'a', 'a ', '*a*', '*a **b ', '**a** ', 'a*b', '_a', '__a__ ', '~~a', '~~a~~', '**_', '`a`', '`a', '![a](b)', '[http://a](http://b) ',
    '[a.bc](http://d.ef)', '\0', '\u0301', '\u200b', '\u202e', '\ufdfa', 'שלום', '😀', 'İ', 'ß',
];

/** @param {string} part @param {number} length */
const filled = (part, length) => part.repeat(Math.ceil(length / part.length)).slice(0, length);

/**
 * @param {number} partners with how many other signs each one is put together, in turns and one after the other
 * @returns {string[]}
 */
export function hostileTexts(partners) {
    return PARTS.flatMap((part, index) => {
        const others = Array.from({length: partners}, (_, n) => PARTS[(index + 1 + n * 17) % PARTS.length]);
        return [filled(part, LENGTH), ...others.flatMap(other => [
            filled(part + other, LENGTH), filled(part, LENGTH / 2) + filled(other, LENGTH / 2),
        ])];
    });
}

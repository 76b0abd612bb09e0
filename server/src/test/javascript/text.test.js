// @ts-check
/**
 * What becomes of a message's text: all of it is seen, whatever was typed, and it costs little. Read in the page by StoreTest; the
 * cost is measured by TextCostTest.
 */

/** @param {string} base where the client's modules are, as a URL that ends with a slash */
export async function tests(base) {
    const {render} = await import(`${base}markdown/render.js`);
    const {Names, mentions, mentionedIn, namesOf} = await import(`${base}text/mentions.js`);

    const NAMES = new Names(['Ada', 'Ben', 'Ada Lovelace']);
    /** @param {string} text */
    const shown = text => {
        const element = document.createElement('div');
        element.append(render(text, NAMES, 'Ben'));
        return element;
    };
    /** @param {string} text */
    const html = text => {
        const element = shown(text);
        element.querySelectorAll('[dir]').forEach(one => one.removeAttribute('dir'));
        return element.innerHTML;
    };

    /** @param {unknown} is @param {unknown} should */
    const equal = (is, should) => {
        if (JSON.stringify(is) !== JSON.stringify(should)) {
            throw new Error(`${JSON.stringify(is)} is not ${JSON.stringify(should)}`);
        }
    };
    /** @param {string} text */
    const asTyped = text => equal(shown(text).textContent?.trimEnd(), text.trimEnd());

    /** The same at each run. @param {number} seed */
    const chance = seed => (/** @type {number} */ below) => {
        seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
        return Math.floor(seed / 2 ** 32 * below);
    };

    /** The letters and digits in order, where each can be told from the others. @param {string} text */
    const letters = text => text.match(/[\p{L}\p{N}]/gu)?.join('') ?? '';
    /** What is seen, with the numbers of lists, and the addresses of links, which a click shows. @param {HTMLElement} element */
    const seen = element => {
        element.querySelectorAll('li[value]').forEach(item => item.prepend(`${/** @type {HTMLLIElement} */ (item).value}. `));
        element.querySelectorAll('.leads-to').forEach(one => one.remove());
        return letters(element.textContent ?? '');
    };

    return {
        markdownIsDrawn() {
            equal(html('**bold** _soft_ ~~gone~~ `code`'),
                '<p><strong>bold</strong> <em>soft</em> <del>gone</del> <code>code</code></p>');
            equal(html('# head\ntext\nmore'), '<p><strong>head</strong></p><p>text<br>more</p>');
            equal(html('- [ ] one\n- [x] two'), '<ul><li>☐ one</li><li>☑ two</li></ul>');
            equal(html('3. a\n1. b'), '<ol><li value="3">a</li><li value="1">b</li></ol>');
            equal(html('> a\n\n---'), '<blockquote><p>a</p></blockquote><hr>');
            equal(html('|a|b|\n|-|-|\n|1|2|').replace(/\n/g, ''),
                '<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>');
            equal(html('```js\n1 < 2\n```'), '<pre tabindex="0"><code>1 &lt; 2\n</code></pre>');
            equal(html(':tada: @ben and @Ada Lovelace'),
                '<p>🎉 <span class="mention own">@ben</span> and <span class="mention">@Ada Lovelace</span></p>');
        },
        htmlIsSeenAsItWasTyped() {
            for (const text of ['<code> a <img src=x onerror=alert(1) ', '<pre><b>x', '<!-- hidden -->', '<script>alert(1)</script>',
                '&lt;b&gt; &amp; &copy;', '<a href="https://example.org">x</a>', '</p><?php x ?><![CDATA[y]]>', '<details>x']) {
                asTyped(text);
            }
        },
        aDefinitionIsSeenAsItWasTyped() {
            asTyped('[todo]: milk');
            asTyped('[x]: https://example.org "y"');
            asTyped('see [x][y] and [x]');
        },
        whatWouldShowNothingIsSeenAsItWasTyped() {
            for (const text of ['#', '>', '[]()', '-', '```', '> >', '[](', '# #']) {
                asTyped(text);
            }
            equal(shown('[](https://example.org/)').textContent, 'https://example.org/');
        },
        nothingThatStandsInATableOrBehindAFenceIsLost() {
            asTyped('|a|b|\n|-|-|\n|1|2|3|');
            equal(shown('```buy milk\neggs\n```').textContent, 'buy milkeggs\n');
            asTyped('007. James');
        },
        whatCantBeReadOrDrawnIsSeenAsItWasTyped() {
            for (const text of ['>'.repeat(4_000), '['.repeat(4_000), '[a]('.repeat(1_000), '- '.repeat(2_000), '*a'.repeat(2_000),
                '*a **b '.repeat(500) + '** *'.repeat(100)]) {
                equal(letters(shown(text).textContent), letters(text));
            }
            asTyped('>'.repeat(4_000));
        },
        everythingThatIsTypedIsSeen() {
            const any = chance(8);
            const parts = ['*', '**', '_', '~~', '`', '```', '```js\n', '[', ']', '](', ')', '![', '<', '>', '<b>', '</b>', '<code>', '<!--', '|',
                '|-|-|\n', '\n|', '- ', '+ ', '1. ', '7) ', '# ', '> ', '\n', '\n\n', '  \n', '\\', '\\\n', '    ', '\t', '---\n', '===\n', '&', '&amp;',
                '&#65;', '[x]: ', '"', "'", '(', '{', '}', ':', '@', '@Ada', '@ben ', '.', ',', '!', '\u0301', 'שלום ', 'ß', 'İ', '😀', '[ ] ', ' ', ' '];
            for (let round = 0; round < 3_000; round++) {
                let text = '';
                for (let n = any(30) + 1, word = 0; n > 0; n--) {
                    text += any(3) === 0 ? `w${round}x${word++} ` : parts[any(parts.length)];
                }
                const is = seen(shown(text));
                const should = letters(text);
                // What a link or its title is made of is told elsewhere, and what names code colours it.
                const hidden = shown(text).querySelector('a, pre') !== null;
                if (!hidden && is !== should) {
                    throw new Error(`${JSON.stringify(text)} shows ${JSON.stringify(is)}`);
                }
            }
        },
        linksAreDrawnWhereTheyStand() {
            equal(html('see https://example.org/a_b_c*d*?x=1&y=2.'), '<p>see <a href="https://example.org/a_b_c*d*?x=1&amp;y=2" '
                + 'target="_blank" rel="noopener noreferrer nofollow">https://example.org/a_b_c*d*?x=1&amp;y=2</a>.</p>');
            const links = (/** @type {string} */ text) => [...shown(text).querySelectorAll('a')].map(one => [one.textContent, one.href]);
            equal(links('(https://en.wikipedia.org/wiki/A_(b))'), [['https://en.wikipedia.org/wiki/A_(b)', 'https://en.wikipedia.org/wiki/A_(b)']]);
            equal(links('**https://example.org**, www.example.org!'),
                [['https://example.org', 'https://example.org/'], ['www.example.org', 'http://www.example.org/']]);
            equal(links('mail a.b_c@example.org or <https://example.org/>'),
                [['a.b_c@example.org', 'mailto:a.b_c@example.org'], ['https://example.org/', 'https://example.org/']]);
            equal(links('README.md xhttps://example.org www. http:// a@b `https://example.org`'), []);
            equal(links('[x](javascript:alert(1)) [x](data:text/html,x) [x](/r/4) <javascript:alert(1)> [x](java\tscript:alert(1))'), []);
            equal(links('![x](https://example.org/x.png)'), [['x', 'https://example.org/x.png']]);
        },
        aLinkThatNamesAnotherPlaceSaysWhereItLeads() {
            const beside = (/** @type {string} */ text) => [...shown(text).querySelectorAll('.leads-to')].map(one => one.textContent);
            equal(beside('[bank.example](https://evil.example/)'), ['(evil.example)']);
            equal(beside('[log in at https://bank.example/login now](https://evil.example/)'), ['(evil.example)']);
            equal(beside('[www.bank.exam\u200Bple](https://evil.example/)'), ['(evil.example)']);
            equal(beside('https://bank.example@evil.example/'), ['(evil.example)']);
            equal(beside('https://аррӏе.com/'), ['(xn--80ak6aa92e.com)']);
            equal(beside('https://xn--80ak6aa92e.com/'), ['(xn--80ak6aa92e.com)']);
            equal(beside('[ada@example.org](mailto:eve@evil.example)'), ['(eve@evil.example)']);
            equal(beside('[docs](https://example.org/) [example.org](https://www.example.org/x) https://example.org/index.html '
                + '[https://example.org/a](https://example.org/b) <https://example.org> ada@example.org'), []);
        },
        aMentionIsFoundWhateverLettersStandBeforeIt() {
            equal(new Names(['Ben']).find('İ @Ben, ﬁ @BEN'), [{start: 2, end: 6, name: 'Ben'}, {start: 10, end: 14, name: 'Ben'}]);
            equal(shown('İİ @Ben').querySelector('.mention.own')?.textContent, '@Ben');
            equal([mentions('@ΝΙΚΟΣ', 'νικος'), mentions('@İpek', 'İpek'), mentions('@ISTANBUL', 'istanbul')], [true, true, true]);
            equal([mentions('jose\u0301@Ben', 'Ben'), mentions('@Beno', 'Ben'), mentions('𝒜@Ben', 'Ben')], [false, false, false]);
        },
        whoIsMentionedStaysTheSameWhileOthersComeAndGo() {
            const message = {text: 'hello @ada'};
            equal(mentionedIn(message, namesOf(['Ada', 'Ben'])), 'Ada');
            equal(mentionedIn(message, namesOf(['Ada', 'Ben', 'Eve'])), 'Ada');
            equal(mentionedIn(message, namesOf(['Eve'])), '');
            equal(namesOf(['Eve']) === namesOf(['Eve']), true);
        },
    };
}

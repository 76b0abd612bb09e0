package chat.parley.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;

/** Sings where a hostile text got to run, and tells which one; also watches what the page asks of other sites. */
final class Canary {
    /** Markup, Markdown and addresses that would run {@code canary(n)}, or ask another site, where they are taken at their word. */
    private static final List<String> TRAPS = List.of(
            "<script>canary(%d)</script>",
            "<img src=x onerror=canary(%d)>",
            "<svg onload=canary(%d)>",
            "**<svg/onload=canary(%d)>**",
            "\"><svg onload=canary(%d)>",
            "<details open ontoggle=canary(%d)>",
            "<input autofocus onfocus=canary(%d)>",
            "<iframe src=javascript:parent.canary(%d)></iframe>",
            "<iframe srcdoc='<script>parent.canary(%d)</script>'></iframe>",
            "<object data=javascript:canary(%d)>",
            "<form action=javascript:canary(%d)><button>x</button></form>",
            "<a href=javascript:canary(%d)>x</a>",
            "[x](javascript:canary(%d))",
            "[x](JaVaScRiPt:canary(%d))",
            "[x](&#106;avascript:canary(%d))",
            "[x](<java\tscript:canary(%d)>)",
            "[x](vbscript:canary(%d))",
            "[x](data:text/html;base64,PHNjcmlwdD5jYW5hcnkoKTwvc2NyaXB0Pg==#%d)",
            "[x](data:text/html,<script>canary(%d)</script>)",
            "<javascript:canary(%d)>",
            "[x][y]\n\n[y]: javascript:canary(%d)",
            "![x](https://elsewhere.example/%d.png)",
            "![x](y\" onerror=\"canary(%d))",
            "![\"onerror=\"canary(%d)](https://elsewhere.example/x)",
            "[x](https://example.org/\"onmouseover=\"canary(%d))",
            "[x](https://example.org 'y\" onmouseover=\"canary(%d)')",
            "`<img src=x onerror=canary(%d)>`",
            "```\"><img/src=x/onerror=canary(%d)>\ncode\n```",
            "```js\n</code></pre><script>canary(%d)</script>\n```",
            "```html onload=canary(%d)\n<b>\n```",
            "```__proto__\n<script>canary(%d)</script>\n```",
            ":<img src=x onerror=canary(%d)>:",
            ":constructor: :__proto__: :%d:",
            "@<img src=x onerror=canary(%d)>",
            "| <svg onload=canary(%d)> |\n|---|\n| x |",
            "> <math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=canary(%d)&gt;\">",
            "<noscript><p title=\"</noscript><img src=x onerror=canary(%d)>\">",
            "<base href=https://elsewhere.example/%d/>",
            "<link rel=stylesheet href=https://elsewhere.example/%d.css>",
            "<style>@import 'https://elsewhere.example/%d.css'</style>",
            "<meta http-equiv=refresh content='0;url=https://elsewhere.example/%d'>",
            "<video autoplay src=https://elsewhere.example/%d></video>",
            "<div style=\"background:url(https://elsewhere.example/%d)\">x</div>",
            "{{constructor.constructor('canary(%d)')()}} ${canary(%<d)}");

    private final Person person;

    private Canary(Person person) {
        this.person = person;
    }

    /** Sits in every page that the person opens from now on. */
    static Canary with(Person person) {
        person.page().context().addInitScript("window.sung = []; window.canary = trap => { window.sung.push(trap); };");
        person.page().onDialog(dialog -> {
            person.page().evaluate("canary('a dialog')");
            dialog.dismiss();
        });
        return new Canary(person);
    }

    /** All traps; each sings its own number. */
    static List<String> traps() {
        return java.util.stream.IntStream.range(0, TRAPS.size())
                .mapToObj(number -> TRAPS.get(number).formatted(number))
                .toList();
    }

    /** Nothing ran, no address is left that could, and no other site was asked. */
    void isQuiet() {
        Page page = person.page();
        String origin = page.url().replaceAll("^(https?://[^/]+).*", "$1");
        // What was going to run runs before the next frame but one is drawn.
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        assertThat(page.evaluate("() => window.sung")).as("traps that ran").isEqualTo(List.of());
        assertThat(page.evaluate("""
                        () => [...document.querySelectorAll('*')].flatMap(element => [...element.attributes]
                                .filter(({name, value}) => name.startsWith('on') || name === 'style' && element.closest('.text')
                                    || name === 'srcdoc' || /^\\s*(javascript|data|vbscript):/i.test(value))
                                .map(({name, value}) => `${element.tagName} ${name}=${value}`))
                            .concat([...document.querySelectorAll(`.text :is(script, img, svg, iframe, object, embed, form, input, style, link,
                                meta, base, video, audio, math, details, button)`)].map(element => element.tagName))
                            .concat([...document.querySelectorAll('a')].map(link => link.protocol)
                                .filter(protocol => !['http:', 'https:', 'mailto:'].includes(protocol)))
                        """))
                .as("attributes, elements and links that are not text")
                .isEqualTo(List.of());
        assertThat(person.journal().requests())
                .as("requests")
                .isNotEmpty()
                .allSatisfy(url -> assertThat(url).startsWith(origin + "/"));
        // The canary can sing.
        assertThat(page.evaluate("() => { canary('here'); return window.sung.splice(0); }"))
                .isEqualTo(List.of("here"));
    }
}

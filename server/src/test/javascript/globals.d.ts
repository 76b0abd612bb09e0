// What the client uses of the page that TypeScript's own library does not know.

/** Prism, once its script is loaded. */
interface Prism {
    manual: boolean;
    disableWorkerMessageHandler: boolean;
    languages: Record<string, object>;
    tokenize(text: string, grammar: object): PrismToken[];
}

type PrismToken = string | { type: string; content: PrismToken | PrismToken[] };

interface Window {
    Prism?: Prism;
    /** A script's address is a string to everybody but the browser. */
    trustedTypes?: {
        createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
    };
}

/** Of a worker, whose scripts are checked as a page's. */
declare function importScripts(...urls: string[]): void;

/** What the client uses of markdown-it, which comes without types. */
type MarkdownItFactory = (options: { html: boolean; breaks: boolean; maxNesting: number }) => MarkdownIt;

interface MarkdownIt {
    inline: {
        ruler: { at(name: string, rule: InlineRule): void; before(name: string, own: string, rule: InlineRule): void };
        skipToken(state: InlineState): void;
        State: { prototype: TokenState };
    };
    block: {
        tokenize(state: { level: number }, start: number, end: number): void;
        State: { prototype: TokenState };
    };
    disable(rules: string[]): void;
    normalizeLink(address: string): string;
    normalizeLinkText(address: string): string;
    validateLink(address: string): boolean;
    parse(text: string, environment: object): MarkdownToken[];
}

type InlineRule = (state: InlineState, silent: boolean) => boolean;

interface TokenState {
    push(type: string, tag: string, nesting: number): MarkdownToken;
}

interface InlineState extends TokenState {
    md: MarkdownIt;
    src: string;
    pos: number;
    posMax: number;
    pending: string;
    linkLevel: number;
}

interface MarkdownToken {
    type: string;
    tag: string;
    /** 1 where an element begins, -1 where it ends. */
    nesting: number;
    content: string;
    info: string;
    hidden: boolean;
    children: MarkdownToken[] | null;
    attrs: [string, string][] | null;
    /** The first line and the one after the last. */
    map: [number, number] | null;
    attrGet(name: string): string | null;
}

// What the client uses of the page that TypeScript's own library does not know.

/** Prism, once its script is loaded. */
interface Prism {
    manual: boolean;
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

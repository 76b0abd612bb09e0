package chat.parley.e2e.hostile;

/** Texts that are as long as they may be, each in its own way. */
final class Texts {
    /** 16 kB in UTF-8: four bytes for each of 4,000 characters. */
    static final String LONGEST_IN_UTF_8 = "\uD83D\uDD25".repeat(4_000);

    /** 4 kB in UTF-8 and 24 kB in JSON, where a control character takes six. */
    static final String LONGEST_IN_JSON = "\u0001".repeat(4_000);

    private Texts() {}
}

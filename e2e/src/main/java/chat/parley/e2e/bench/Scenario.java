package chat.parley.e2e.bench;

/** Something that can be measured by itself. */
interface Scenario {
    /** The word that selects it on the command line. */
    String name();

    /** One line for the help. */
    String summary();

    /**
     * Measures and reports each result as it comes.
     *
     * @throws BenchException if the run failed, or the server broke a promise
     */
    void run(Settings settings, Report report) throws Exception;
}

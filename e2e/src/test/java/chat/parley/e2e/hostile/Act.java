package chat.parley.e2e.hostile;

/** Something that a visitor does. What it throws ends that visitor's part, since its connection is gone. */
@FunctionalInterface
interface Act {
    void run() throws Exception;
}

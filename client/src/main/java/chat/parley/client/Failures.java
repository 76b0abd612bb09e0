package chat.parley.client;

import java.util.function.Consumer;

/** Where it goes what the program's own code threw when the client called it. Never throws itself. Thread-safe. */
final class Failures implements Consumer<Throwable> {
    private static final System.Logger LOG = System.getLogger("chat.parley.client");

    private final Consumer<Throwable> handler;

    Failures(Consumer<Throwable> handler) {
        this.handler = handler;
    }

    /** The handler of a program that gave none. */
    static void log(Throwable failure) {
        LOG.log(System.Logger.Level.ERROR, "A listener failed; the client goes on with the next event.", failure);
    }

    @Override
    public void accept(Throwable failure) {
        try {
            handler.accept(failure);
        } catch (Throwable worse) {
            worse.addSuppressed(failure);
            log(worse);
        }
    }
}

package chat.parley.e2e.bench;

import chat.parley.wire.InvalidInput;
import chat.parley.wire.JsonObject;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who comes into a room, reads what is shown, and goes, over and over: on one connection, or each time on a new one
 * with the token got the first time.
 */
final class Joiner implements Peer {
    private static final int SHOWN = 50;

    private final Load load;
    private final String name;
    private final boolean fresh;
    private final AtomicInteger joined;
    private final byte[] join;
    private final byte[] leave;
    private @Nullable String token;
    private int messages;
    private volatile boolean stop;
    private volatile boolean stopped;

    /** @param joined counts every join that was shown whole */
    Joiner(Load load, String room, String name, boolean fresh, AtomicInteger joined) {
        this.load = load;
        this.name = name;
        this.fresh = fresh;
        this.joined = joined;
        this.join = Frames.join(room, SHOWN);
        this.leave = Frames.leave(room);
    }

    /** Ends after the join that is under way. */
    void stop() {
        stop = true;
    }

    boolean stopped() {
        return stopped;
    }

    @Override
    public void opened(Connection connection) {
        connection.write(token == null ? Frames.hello(null, name) : Frames.hello(token, null));
    }

    @Override
    public void counted(Connection connection, int newMessages, int sents) {
        messages += newMessages;
    }

    @Override
    public void text(Connection connection, byte[] json, int length) {
        switch (Peer.letter(json)) {
            case 'w' -> {
                if (token == null) {
                    token = token(Connection.string(json, 0, length));
                }
                connection.write(join);
            }
            case 'j' -> messages = 0;
            case 'l' -> {
                if (json[10] == 'i') {
                    live(connection);
                } else {
                    connection.write(join);
                }
            }
            default -> {}
        }
    }

    private void live(Connection connection) {
        if (messages != SHOWN) {
            throw new BenchException("A join showed " + messages + " messages instead of " + SHOWN + ".");
        }
        joined.incrementAndGet();
        if (stop) {
            connection.close();
            stopped = true;
        } else if (fresh) {
            connection.close();
            load.connect(this);
        } else {
            connection.write(leave);
        }
    }

    private static @Nullable String token(String welcome) {
        try {
            return JsonObject.parse(welcome).optionalString("token");
        } catch (InvalidInput e) {
            throw new BenchException("The server sent a frame that breaks the contract: " + welcome, e);
        }
    }
}

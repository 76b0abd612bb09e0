package chat.parley.e2e.bench;

import chat.parley.model.Message;
import chat.parley.wire.InvalidInput;
import chat.parley.wire.JsonObject;
import chat.parley.wire.ServerFrame;
import chat.parley.wire.ServerFrames;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Somebody who says hello, and may come into a room and stay. One that reads checks that {@code change} goes up one by one. */
final class Member implements Peer {
    /** Told on the connection's event loop. */
    interface Listener {
        /** The member is where it was to go. */
        void present(Connection connection);

        void received(int messages);
    }

    private final @Nullable String room;
    private final String name;
    private final boolean reads;
    private final Listener listener;
    private IntConsumer onSent = _ -> {};
    private long change = -1;

    Member(@Nullable String room, String name, boolean reads, Listener listener) {
        this.room = room;
        this.name = name;
        this.reads = reads;
        this.listener = listener;
    }

    void onSent(IntConsumer listener) {
        onSent = listener;
    }

    @Override
    public boolean readsMessages() {
        return reads;
    }

    @Override
    public void opened(Connection connection) {
        connection.write(Frames.hello(null, name));
    }

    @Override
    public void text(Connection connection, byte[] json, int length) {
        switch (Peer.letter(json)) {
            case 'w' -> {
                if (room == null) {
                    listener.present(connection);
                } else {
                    connection.write(Frames.join(room, 0));
                }
            }
            case 'j' -> {
                if (read(json, length) instanceof ServerFrame.Joined joined) {
                    change = joined.change();
                }
            }
            case 'l' -> listener.present(connection);
            case 'm' -> check(read(json, length));
            default -> {}
        }
    }

    @Override
    public void counted(Connection connection, int messages, int sents) {
        if (messages > 0) {
            listener.received(messages);
        }
        if (sents > 0) {
            onSent.accept(sents);
        }
    }

    private void check(ServerFrame frame) {
        if (!(frame instanceof ServerFrame.Changed(Message message)) || message.change() != ++change) {
            throw new BenchException(name + " expected change " + change + " of room " + room + " but got " + frame);
        }
    }

    private static ServerFrame read(byte[] json, int length) {
        String text = Connection.string(json, 0, length);
        try {
            return ServerFrames.read(JsonObject.parse(text));
        } catch (InvalidInput e) {
            throw new BenchException("The server sent a frame that breaks the contract: " + text, e);
        }
    }
}

package chat.parley.server.websocket;

import chat.parley.model.User;
import chat.parley.server.hub.Link;
import chat.parley.server.hub.UserConnection;
import chat.parley.server.model.Outcome;
import chat.parley.server.model.Refusal;
import chat.parley.server.model.Write;
import chat.parley.server.room.Lane;
import chat.parley.server.transport.Refusals;
import chat.parley.wire.ClientFrame;
import chat.parley.wire.InvalidInput;
import chat.parley.wire.ServerFrame;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** How far the user of one connection has read: here, which is stored, and elsewhere, which is told. On its event loop. */
final class ReadMarks implements UserConnection {
    /** Rooms whose mark is remembered; past that, a mark may be stored once more than it must. */
    private static final int MOST_ROOMS = 256;

    private final SocketDoor door;
    private final SocketHandler socket;
    private final User user;
    private final Link link;

    /** The marks known to be stored, the one that moved last at the end. */
    private final SequencedMap<String, Long> stored = new LinkedHashMap<>(0);

    ReadMarks(SocketDoor door, SocketHandler socket, User user) {
        this.door = door;
        this.socket = socket;
        this.user = user;
        this.link = door.hub().connect(user, this);
    }

    /**
     * Moves the mark, where it is not there already.
     *
     * @param bytes the length of the frame
     * @throws InvalidInput if the user writes too much
     */
    void mark(ClientFrame.Read read, int bytes) throws InvalidInput {
        if (read.seq() <= stored.getOrDefault(read.room(), 0L)) {
            socket.intake().charge(1);
            return;
        }
        door.throttle().write(user, socket.address(), null);
        socket.intake().asked(bytes);
        door.rooms().submit(new Write.MarkRead(user, read.room(), read.seq()), socket.lane(), outcome -> {
            socket.intake().answered(bytes);
            switch (outcome) {
                case Outcome.ReadMarked mark -> {
                    remember(read.room(), mark.seq());
                    door.hub().marked(user, read.room(), mark, link);
                }
                case Outcome.Refused(Refusal reason) -> socket.fail(read.ref(), Refusals.problem(reason));
                default -> throw new IllegalStateException("a read mark was set, but came " + outcome);
            }
        });
    }

    private void remember(String room, long seq) {
        stored.merge(room, seq, Math::max);
        if (stored.size() > MOST_ROOMS) {
            stored.pollFirstEntry();
        }
    }

    @Override
    public Lane lane() {
        return socket.lane();
    }

    @Override
    public boolean writable() {
        return socket.writable();
    }

    @Override
    public void read(String room, long seq) {
        remember(room, seq);
        socket.send(new ServerFrame.Read(room, seq));
    }

    void drained() {
        link.drained();
    }

    void ended() {
        link.close();
    }
}

package chat.parley.server.websocket;

import chat.parley.server.room.Lane;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks after the connections of one lane once a second: pings each every heartbeat, gives up on those silent for two, and on
 * those that never say hello. One timer for all, since one for each would cost more memory than the rest of it.
 */
final class Heartbeats {
    /** A second, of the usual heartbeat. */
    private static final int TICKS = 25;

    /** Within which a stranger says hello. */
    private static final int HELLO_TICKS = 10;

    private final Lane lane;
    private final long heartbeatNanos;
    private final long helloNanos;
    private final Set<SocketHandler> sockets = new LinkedHashSet<>();
    private final Set<SocketHandler> strangers = new LinkedHashSet<>();
    private boolean ticking;

    Heartbeats(Lane lane, long heartbeatNanos) {
        this.lane = lane;
        this.heartbeatNanos = heartbeatNanos;
        this.helloNanos = heartbeatNanos * HELLO_TICKS / TICKS;
    }

    void add(SocketHandler socket) {
        sockets.add(socket);
        strangers.add(socket);
        if (!ticking) {
            ticking = true;
            lane.schedule(this::tick, heartbeatNanos / TICKS);
        }
    }

    void remove(SocketHandler socket) {
        sockets.remove(socket);
        strangers.remove(socket);
    }

    List<SocketHandler> sockets() {
        return List.copyOf(sockets);
    }

    private void tick() {
        ticking = !sockets.isEmpty();
        if (ticking) {
            lane.schedule(this::tick, heartbeatNanos / TICKS);
        }
        long now = System.nanoTime();
        List<SocketHandler> unheard = new ArrayList<>();
        List<SocketHandler> silent = new ArrayList<>();
        strangers.removeIf(socket -> !socket.conversation().isStranger());
        for (SocketHandler socket : strangers) {
            // Whose hello waits for the database is not to blame.
            boolean isSilent = !socket.conversation().isGreeting();
            if (isSilent && now - socket.liveness().strangerSinceNanos() >= helloNanos) {
                unheard.add(socket);
            }
        }
        for (SocketHandler socket : sockets) {
            if (socket.liveness().isSilent(socket.channel(), socket.waitingBytes(), now, heartbeatNanos)) {
                silent.add(socket);
            } else if (socket.liveness().isPingDue(now, heartbeatNanos)) {
                socket.ping(now);
            }
        }
        unheard.forEach(socket -> socket.close(CloseCode.NO_HELLO));
        silent.forEach(socket -> socket.close(CloseCode.SILENT));
    }
}

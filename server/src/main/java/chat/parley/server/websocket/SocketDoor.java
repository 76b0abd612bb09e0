package chat.parley.server.websocket;

import chat.parley.model.Limits;
import chat.parley.model.User;
import chat.parley.server.account.Accounts;
import chat.parley.server.hub.Hub;
import chat.parley.server.room.Lane;
import chat.parley.server.room.Rooms;
import chat.parley.server.transport.Addresses;
import chat.parley.server.transport.OutboundBounds;
import chat.parley.server.transport.OutboundMemory;
import chat.parley.server.transport.OutboundRelief;
import chat.parley.server.transport.Throttle;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.WriteBufferWaterMark;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets WebSockets in. The HTTP server does the handshake; then its handlers, which cost about 8 kB a connection, are taken out of
 * the pipeline and a frame decoder and a {@link SocketHandler} put in. Thread-safe.
 */
public final class SocketDoor {
    private static final Logger LOG = LoggerFactory.getLogger(SocketDoor.class);
    private static final long CLOSE_SECONDS = 5;

    /** What the HTTP server calls the handler of TLS. */
    private static final String TLS = "ssl";

    private static final WriteBufferWaterMark WATER_MARK =
            new WriteBufferWaterMark(OutboundBounds.LOW, OutboundBounds.HIGH);

    private final Rooms rooms;
    private final Hub hub;
    private final Addresses addresses;
    private final Throttle throttle;
    private final OutboundMemory memory;
    private final SocketEncoding encoding;
    private final Hellos hellos;
    private final long heartbeatNanos;
    private final Set<SocketHandler> sockets = ConcurrentHashMap.newKeySet();
    private final Map<Lane, Heartbeats> heartbeats = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    /** @param readers runs what blocks (reading a token from the store), on virtual threads */
    public SocketDoor(
            Rooms rooms,
            Hub hub,
            Accounts accounts,
            Addresses addresses,
            Throttle throttle,
            OutboundMemory memory,
            Executor readers) {
        this(rooms, hub, accounts, addresses, throttle, memory, readers, Duration.ofSeconds(Limits.HEARTBEAT_SECONDS));
    }

    SocketDoor(
            Rooms rooms,
            Hub hub,
            Accounts accounts,
            Addresses addresses,
            Throttle throttle,
            OutboundMemory memory,
            Executor readers,
            Duration heartbeat) {
        this.memory = memory;
        this.encoding = new SocketEncoding(memory);
        this.addresses = addresses;
        this.rooms = rooms;
        this.hub = hub;
        this.throttle = throttle;
        this.hellos = new Hellos(accounts, throttle, readers);
        this.heartbeatNanos = heartbeat.toNanos();
    }

    Rooms rooms() {
        return rooms;
    }

    Hub hub() {
        return hub;
    }

    Throttle throttle() {
        return throttle;
    }

    OutboundMemory memory() {
        return memory;
    }

    SocketEncoding encoding() {
        return encoding;
    }

    /** Whether the room may be made, should it turn out to be none yet. */
    boolean mayMakeRoom(User user, String address, String room) {
        return rooms.isInUse(room) || throttle.mayMakeRoom(user, address);
    }

    Hellos hellos() {
        return hellos;
    }

    /** Upgrades the request. Called on the request's event loop. */
    public void accept(HttpServerRequest request) {
        String address = addresses.of(request);
        request.toWebSocket().onComplete(socket -> upgraded(socket, address), refused -> {
            // The HTTP server has answered already: the request was no proper handshake.
        });
    }

    private void upgraded(ServerWebSocket socket, String address) {
        Channel channel = ((WebSocketInternal) socket).channelHandlerContext().channel();
        ChannelPipeline pipeline = channel.pipeline();
        List<String> before = pipeline.names();
        SocketHandler handler = new SocketHandler(this, address);
        channel.config().setWriteBufferWaterMark(WATER_MARK);
        pipeline.addLast("frames", handler.intake().reader());
        pipeline.addLast("socket", handler);
        for (String name : before) {
            // TLS stays; the tail's own name is listed but cannot be removed.
            if (pipeline.get(name) != null && !name.equals(TLS)) {
                pipeline.remove(name);
            }
        }
        channel.config().setAutoRead(true);
        if (stopping) {
            handler.close(CloseCode.GOING_AWAY);
        }
    }

    /** Whether the connection is encrypted. */
    boolean isSecure(Channel channel) {
        return channel.pipeline().get(TLS) != null;
    }

    void opened(SocketHandler socket) {
        sockets.add(socket);
        heartbeats(socket.lane()).add(socket);
    }

    void closed(SocketHandler socket) {
        sockets.remove(socket);
        heartbeats(socket.lane()).remove(socket);
    }

    private Heartbeats heartbeats(Lane lane) {
        return heartbeats.computeIfAbsent(lane, this::lookAfter);
    }

    private Heartbeats lookAfter(Lane lane) {
        Heartbeats present = new Heartbeats(lane, heartbeatNanos);
        memory.whenTight(new OutboundRelief(memory, lane, present::sockets)::start);
        return present;
    }

    /** Closes the connection should its peer not do so. */
    void expectClosed(Channel channel) {
        channel.eventLoop().schedule(() -> channel.close(), CLOSE_SECONDS, TimeUnit.SECONDS);
    }

    void failed(Throwable cause) {
        LOG.error("a connection failed", cause);
    }

    /** Those that are open. Any thread. */
    Set<SocketHandler> sockets() {
        return sockets;
    }

    /** Open connections. Any thread. */
    public int connections() {
        return sockets.size();
    }

    /** Bytes that wait to be written, over all connections. Any thread; an estimate. */
    public long queuedBytes() {
        long bytes = 0;
        for (SocketHandler socket : sockets) {
            bytes += socket.waitingBytes();
        }
        return bytes;
    }

    /** Says goodbye to everybody (1001) and lets nobody new stay. Any thread; does not wait. */
    public void stop() {
        stopping = true;
        for (SocketHandler socket : sockets) {
            socket.lane().execute(() -> socket.close(CloseCode.GOING_AWAY));
        }
    }
}

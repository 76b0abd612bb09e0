package chat.parley.server.websocket;

import chat.parley.model.Limits;
import chat.parley.server.account.Accounts;
import chat.parley.server.hub.Hub;
import chat.parley.server.model.Credential;
import chat.parley.server.room.Lane;
import chat.parley.server.room.Rooms;
import chat.parley.server.store.StoreException;
import chat.parley.server.transport.OutboundBounds;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets WebSockets in. The HTTP server does the handshake; then its handlers, which cost about 8 kB a connection, are taken out of
 * the pipeline and a frame decoder and a {@link SocketHandler} put in. Thread-safe.
 */
public final class SocketDoor {
    private static final Logger LOG = LoggerFactory.getLogger(SocketDoor.class);
    private static final long CLOSE_SECONDS = 5;

    private static final WriteBufferWaterMark WATER_MARK =
            new WriteBufferWaterMark(OutboundBounds.LOW, OutboundBounds.HIGH);

    private static final WebSocketDecoderConfig FRAMES = WebSocketDecoderConfig.newBuilder()
            .maxFramePayloadLength(Limits.BODY)
            .expectMaskedFrames(true)
            .allowMaskMismatch(false)
            .allowExtensions(false)
            .closeOnProtocolViolation(false)
            .withUTF8Validator(false)
            .build();

    private final Rooms rooms;
    private final Hub hub;
    private final Accounts accounts;
    private final Executor readers;
    private final Set<SocketHandler> sockets = ConcurrentHashMap.newKeySet();
    private final Map<Lane, Heartbeats> heartbeats = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    /** @param readers runs what blocks (reading a token from the store), on virtual threads */
    public SocketDoor(Rooms rooms, Hub hub, Accounts accounts, Executor readers) {
        this.rooms = rooms;
        this.hub = hub;
        this.accounts = accounts;
        this.readers = readers;
    }

    Rooms rooms() {
        return rooms;
    }

    Hub hub() {
        return hub;
    }

    Accounts accounts() {
        return accounts;
    }

    /** Upgrades the request. Called on the request's event loop. */
    public void accept(HttpServerRequest request) {
        request.toWebSocket().onComplete(this::upgraded, refused -> {
            // The HTTP server has answered already: the request was no proper handshake.
        });
    }

    private void upgraded(ServerWebSocket socket) {
        Channel channel = ((WebSocketInternal) socket).channelHandlerContext().channel();
        ChannelPipeline pipeline = channel.pipeline();
        List<String> before = pipeline.names();
        SocketHandler handler = new SocketHandler(this);
        channel.config().setWriteBufferWaterMark(WATER_MARK);
        pipeline.addLast("frames", new WebSocket13FrameDecoder(FRAMES));
        pipeline.addLast("socket", handler);
        for (String name : before) {
            // TLS stays; the tail's own name is listed but cannot be removed.
            if (pipeline.get(name) != null && !name.equals("ssl")) {
                pipeline.remove(name);
            }
        }
        channel.config().setAutoRead(true);
        if (stopping) {
            handler.close(CloseCode.GOING_AWAY);
        }
    }

    /** Finds whom the token stands for; the reply gets null where the store could not tell. */
    void authenticate(String token, Lane lane, Consumer<@Nullable Optional<Credential>> reply) {
        readers.execute(() -> {
            Optional<Credential> credential = read(token);
            lane.execute(() -> reply.accept(credential));
        });
    }

    private @Nullable Optional<Credential> read(String token) {
        try {
            return accounts.authenticate(token);
        } catch (StoreException e) {
            LOG.atWarn().addKeyValue("reason", e.getMessage()).log("the database failed a hello");
            return null;
        }
    }

    void opened(SocketHandler socket) {
        sockets.add(socket);
        heartbeats.computeIfAbsent(socket.lane(), Heartbeats::new).add(socket);
    }

    void closed(SocketHandler socket) {
        sockets.remove(socket);
        heartbeats.computeIfAbsent(socket.lane(), Heartbeats::new).remove(socket);
    }

    /** Closes the connection should its peer not do so. */
    void expectClosed(Channel channel) {
        channel.eventLoop().schedule(() -> channel.close(), CLOSE_SECONDS, TimeUnit.SECONDS);
    }

    void failed(Throwable cause) {
        LOG.error("a connection failed", cause);
    }

    /** Open connections. Any thread. */
    public int connections() {
        return sockets.size();
    }

    /** Bytes that wait to be written, over all connections. Any thread; an estimate. */
    public long queuedBytes() {
        long bytes = 0;
        for (SocketHandler socket : sockets) {
            bytes += socket.queuedBytes();
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

package chat.parley.server.sse;

import chat.parley.model.Check;
import chat.parley.model.Limits;
import chat.parley.model.User;
import chat.parley.server.model.Refusal;
import chat.parley.server.room.Join;
import chat.parley.server.room.Lane;
import chat.parley.server.room.Rooms;
import chat.parley.server.store.StoreException;
import chat.parley.server.transport.Addresses;
import chat.parley.server.transport.Answer;
import chat.parley.server.transport.AnswerWriter;
import chat.parley.server.transport.Bearer;
import chat.parley.server.transport.Connections;
import chat.parley.server.transport.Endpoint;
import chat.parley.server.transport.EventLoopLane;
import chat.parley.server.transport.OutboundMemory;
import chat.parley.server.transport.OutboundRelief;
import chat.parley.server.transport.Query;
import chat.parley.server.transport.Refusals;
import chat.parley.server.transport.Shares;
import chat.parley.server.transport.Throttle;
import chat.parley.wire.InvalidInput;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens streams of a room's events, and ends them when the server stops. Thread-safe. */
public final class EventStreams {
    private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);

    /** Streams that one user has open: each is a connection, and a browser has six to a server. */
    static final int MOST_EACH = 200;

    private static final int RETRY_SECONDS = 10;

    /** Of those who ask for one, so many are looked up at a time, half of them from one address. */
    private static final int MOST_UNDER_WAY = 1_024;

    private final Shares perUser = new Shares(Long.MAX_VALUE, MOST_EACH);
    private final Shares underWay = new Shares(MOST_UNDER_WAY, MOST_UNDER_WAY / 2);
    private final Vertx vertx;
    private final Rooms rooms;
    private final Bearer bearer;
    private final Throttle throttle;
    private final Addresses addresses;
    private final Connections connections;
    private final OutboundMemory memory;
    private final Duration heartbeat;
    private final AnswerWriter writer;
    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
    private final Map<Lane, OutboundRelief> reliefs = new ConcurrentHashMap<>();
    private volatile boolean draining;

    public EventStreams(
            Vertx vertx,
            Rooms rooms,
            Bearer bearer,
            Throttle throttle,
            Addresses addresses,
            Connections connections,
            OutboundMemory memory) {
        this(
                vertx,
                rooms,
                bearer,
                throttle,
                addresses,
                connections,
                memory,
                Duration.ofSeconds(Limits.HEARTBEAT_SECONDS));
    }

    /** @param heartbeat how often a stream is looked after */
    public EventStreams(
            Vertx vertx,
            Rooms rooms,
            Bearer bearer,
            Throttle throttle,
            Addresses addresses,
            Connections connections,
            OutboundMemory memory,
            Duration heartbeat) {
        this.vertx = vertx;
        this.rooms = rooms;
        this.bearer = bearer;
        this.throttle = throttle;
        this.addresses = addresses;
        this.connections = connections;
        this.memory = memory;
        this.heartbeat = heartbeat;
        this.writer = new AnswerWriter(vertx);
    }

    public List<Endpoint> endpoints() {
        return List.of(new Endpoint.Stream("GET", "/api/v1/rooms/{room}/events", this::request));
    }

    /** Streams that are open. Any thread. */
    public int count() {
        return open.size();
    }

    /** Ends every stream, and answers who comes from now on with 503. Any thread; returns at once. */
    public void drain() {
        draining = true;
        open.forEach(stream -> stream.lane().execute(stream::end));
    }

    private void request(HttpServerRequest request, Map<String, String> places) {
        var context = (ContextInternal) vertx.getOrCreateContext();
        String authorization = request.getHeader("authorization");
        String lastEventId = request.getHeader("last-event-id");
        String query = request.query();
        String address = addresses.of(request);
        String room = places.getOrDefault("room", "");
        if (!underWay.take(address, 1)) {
            writer.write(request, Answer.problem(Refusals.problem(Refusal.BUSY)));
            return;
        }
        // Who asks is read from the database, which may block.
        Thread.ofVirtual().name("event-stream").start(() -> {
            Runnable next;
            try {
                User user = bearer.user(authorization);
                String complaint = Check.roomName(room);
                if (complaint != null) {
                    throw InvalidInput.of("room", complaint);
                }
                Join join = StartingPoint.of(lastEventId, Query.parse(query));
                throttle.join(user);
                boolean mayMake = rooms.isInUse(room) || throttle.mayMakeRoom(user, address);
                next = () -> open(context, request, user, room, mayMake, join);
            } catch (InvalidInput e) {
                next = () -> writer.write(request, Answer.problem(e.problem()));
            } catch (StoreException e) {
                LOG.atWarn().addKeyValue("reason", e.getMessage()).log("the database failed a stream");
                next = () -> writer.write(request, Answer.problem(Refusals.problem(Refusal.UNAVAILABLE)));
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).log("a stream failed");
                next = () -> writer.write(request, Answer.internalError());
            }
            underWay.give(address, 1);
            Runnable last = next;
            context.runOnContext(turn -> last.run());
        });
    }

    private void open(
            ContextInternal context, HttpServerRequest request, User user, String room, boolean mayMake, Join join) {
        if (request.response().closed()) {
            return;
        }
        if (draining) {
            writer.write(request, Answer.problem(Refusals.problem(Refusal.STOPPING)));
            return;
        }
        if (!perUser.take(user.id(), 1)) {
            writer.write(
                    request,
                    Answer.problem(Throttle.problem("streams (%d at a time)".formatted(MOST_EACH), RETRY_SECONDS)));
            return;
        }
        Runnable gone = connections.keep(request);
        if (gone == null) {
            perUser.give(user.id(), 1);
            writer.write(request, Answer.problem(Connections.tooMany()));
            return;
        }
        Lane lane = EventLoopLane.of(context.nettyEventLoop());
        EventStream stream =
                new EventStream(vertx, request, user, lane, memory, heartbeat, ended -> ended(ended, gone));
        open.add(stream);
        reliefs.computeIfAbsent(lane, this::relief);
        stream.open(rooms, room, mayMake, join);
        if (draining) {
            stream.end();
        }
    }

    private void ended(EventStream stream, Runnable gone) {
        if (open.remove(stream)) {
            perUser.give(stream.user().id(), 1);
            gone.run();
        }
    }

    private OutboundRelief relief(Lane lane) {
        OutboundRelief relief = new OutboundRelief(
                memory,
                lane,
                () -> open.stream().filter(stream -> stream.lane() == lane).toList());
        memory.whenTight(relief::start);
        return relief;
    }
}

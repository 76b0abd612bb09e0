package chat.parley.server.http;

import chat.parley.model.Check;
import chat.parley.model.User;
import chat.parley.server.hub.Hub;
import chat.parley.server.model.Outcome;
import chat.parley.server.model.Refusal;
import chat.parley.server.model.RoomSearch;
import chat.parley.server.model.RoomState;
import chat.parley.server.model.Write;
import chat.parley.server.room.Rooms;
import chat.parley.server.store.StoreException;
import chat.parley.server.transport.Answer;
import chat.parley.server.transport.Bearer;
import chat.parley.server.transport.Endpoint;
import chat.parley.server.transport.Refusals;
import chat.parley.server.transport.Request;
import chat.parley.server.transport.Throttle;
import chat.parley.wire.Bodies;
import chat.parley.wire.InvalidInput;
import chat.parley.wire.JsonBytes;
import chat.parley.wire.JsonObject;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Rooms: which there are, who is in them, what they are about, and how far the caller has read. */
public final class RoomEndpoints {
    private static final int LIST_DEFAULT = 100;
    private static final int LIST_MAX = 1_000;
    private static final int MEMBERS_MAX = 1_000;
    private static final int LIVELY_MAX = 50;

    /** As they are read and as JSON: a room with a topic of 250 characters, a member with a name of 32. */
    private static final int ROOM_BYTES = 1_536;

    private static final int MEMBER_BYTES = 256;

    private static final int SEARCH_WAIT_MILLIS = 2_000;

    private final Semaphore looks = new Semaphore(1, true);
    private final Rooms rooms;
    private final Hub hub;
    private final Bearer bearer;
    private final Throttle throttle;

    public RoomEndpoints(Rooms rooms, Hub hub, Bearer bearer, Throttle throttle) {
        this.rooms = rooms;
        this.hub = hub;
        this.bearer = bearer;
        this.throttle = throttle;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/v1/rooms", bearer.required(this::list)),
                Endpoint.get("/api/v1/rooms/{room}", bearer.required(this::show)),
                Endpoint.patch("/api/v1/rooms/{room}", bearer.required(this::setTopic)),
                Endpoint.get("/api/v1/rooms/{room}/members", bearer.required(this::members)),
                Endpoint.put("/api/v1/rooms/{room}/read", bearer.required(this::markRead)));
    }

    private Answer list(User user, Request request) throws InvalidInput, StoreException {
        int limit = request.query().intBetween("limit", 1, LIST_MAX, LIST_DEFAULT);
        RoomSearch search = new RoomSearch(
                name(request, "after"), name(request, "find"), byRelevance(request) ? user.id() : null, limit);
        request.answerShare().grow((long) limit * ROOM_BYTES);
        List<RoomState> states = search.looksAtAll() ? search(search, request.address()) : listed(search);
        Map<String, Long> reads =
                rooms.reads(user, states.stream().map(RoomState::name).toList());
        return Answer.json(200, json -> {
            json.writeStartArray();
            for (RoomState state : states) {
                write(json, state, reads.getOrDefault(state.name(), 0L));
            }
            json.writeEndArray();
        });
    }

    private List<RoomState> listed(RoomSearch search) throws StoreException {
        return search.reader() == null ? rooms.rooms(search) : mostRelevant(search);
    }

    /** Looks at every room there is, which is done for one at a time: the others need the database and the processor too. */
    private List<RoomState> search(RoomSearch search, String address) throws InvalidInput, StoreException {
        throttle.search(address);
        boolean mayLook = false;
        try {
            mayLook = looks.tryAcquire(SEARCH_WAIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!mayLook) {
            throw new InvalidInput(Refusals.problem(Refusal.BUSY));
        }
        try {
            return listed(search);
        } finally {
            looks.release();
        }
    }

    private static String name(Request request, String parameter) throws InvalidInput {
        String name = request.query().string(parameter);
        String complaint = name == null ? null : Check.roomName(name);
        if (complaint != null) {
            throw InvalidInput.of(parameter, complaint);
        }
        return name == null ? "" : name;
    }

    private static boolean byRelevance(Request request) throws InvalidInput {
        return switch (request.query().string("order")) {
            case "relevance" -> true;
            case "name" -> false;
            case null -> false;
            default -> throw InvalidInput.of("order", "must be name or relevance");
        };
    }

    /** Where people are now comes before where much was said: only the log knows the one, only the memory the other. */
    private List<RoomState> mostRelevant(RoomSearch search) throws StoreException {
        Map<String, RoomState> found = new LinkedHashMap<>();
        List<String> lively = rooms.liveliest(
                name -> name.compareTo(search.after()) > 0 && name.contains(search.find()),
                Math.min(LIVELY_MAX, (search.limit() + 1) / 2));
        rooms.rooms(lively).forEach(state -> found.put(state.name(), state));
        rooms.rooms(search).forEach(state -> found.putIfAbsent(state.name(), state));
        return found.values().stream().limit(search.limit()).toList();
    }

    private Answer show(User user, Request request) throws InvalidInput, StoreException {
        Optional<RoomState> state = rooms.room(Places.room(request));
        return state.isPresent() ? room(user, state.get()) : Answer.problem(Refusals.problem(Refusal.ROOM_NOT_FOUND));
    }

    private Answer room(User user, RoomState state) throws StoreException {
        long read = rooms.reads(user, List.of(state.name())).getOrDefault(state.name(), 0L);
        return Answer.json(200, json -> write(json, state, read));
    }

    private Answer setTopic(User user, Request request) throws InvalidInput, StoreException {
        String room = Places.room(request);
        JsonObject body = request.json();
        if (!body.names("topic")) {
            throw InvalidInput.of("topic", "is missing; null or \"\" takes it away");
        }
        String topic = body.optionalChecked("topic", Check::topic);
        throttle.write(user, request.address(), topic);
        Outcome outcome = rooms.submit(new Write.SetTopic(room, topic == null || topic.isEmpty() ? null : topic));
        return switch (outcome) {
            case Outcome.TopicSet(RoomState state) -> room(user, state);
            case Outcome.Refused(Refusal reason) -> Answer.problem(Refusals.problem(reason));
            default -> throw new IllegalStateException("a topic was set, but came " + outcome);
        };
    }

    private Answer members(User user, Request request) throws InvalidInput, StoreException {
        String room = Places.room(request);
        if (rooms.room(room).isEmpty()) {
            return Answer.problem(Refusals.problem(Refusal.ROOM_NOT_FOUND));
        }
        request.answerShare().grow(MEMBERS_MAX * MEMBER_BYTES);
        List<User> members = rooms.members(room, MEMBERS_MAX);
        return Answer.json(200, json -> {
            json.writeStartArray();
            for (User member : members) {
                Bodies.write(json, member);
            }
            json.writeEndArray();
        });
    }

    private Answer markRead(User user, Request request) throws InvalidInput {
        String room = Places.room(request);
        long seq = request.json().seq("seq");
        throttle.write(user, request.address(), null);
        Outcome outcome = rooms.submit(new Write.MarkRead(user, room, seq));
        return switch (outcome) {
            case Outcome.ReadMarked mark -> {
                hub.marked(user, room, mark, null);
                yield Answer.json(200, json -> {
                    json.writeStartObject();
                    json.writeStringField("room", room);
                    json.writeNumberField("seq", mark.seq());
                    json.writeEndObject();
                });
            }
            case Outcome.Refused(Refusal reason) -> Answer.problem(Refusals.problem(reason));
            default -> throw new IllegalStateException("a read mark was set, but came " + outcome);
        };
    }

    private void write(JsonGenerator json, RoomState state, long read) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", state.name());
        JsonBytes.nullable(json, "topic", state.topic());
        json.writeNumberField("seq", state.seq());
        json.writeNumberField("change", state.change());
        json.writeStringField("epoch", state.epoch());
        json.writeNumberField("online", rooms.online(state.name()));
        json.writeNumberField("read", read);
        // The mark may have moved on between the two reads.
        json.writeNumberField("unread", Math.max(0, state.seq() - read));
        json.writeEndObject();
    }
}

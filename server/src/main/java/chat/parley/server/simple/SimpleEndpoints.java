package chat.parley.server.simple;

import chat.parley.model.Check;
import chat.parley.model.Message;
import chat.parley.model.User;
import chat.parley.server.account.Accounts;
import chat.parley.server.account.Admission;
import chat.parley.server.model.Credential;
import chat.parley.server.model.Outcome;
import chat.parley.server.model.Refusal;
import chat.parley.server.model.Write;
import chat.parley.server.room.Rooms;
import chat.parley.server.store.StoreException;
import chat.parley.server.transport.Answer;
import chat.parley.server.transport.Endpoint;
import chat.parley.server.transport.PageReading;
import chat.parley.server.transport.Refusals;
import chat.parley.server.transport.Request;
import chat.parley.server.transport.Throttle;
import chat.parley.wire.Bodies;
import chat.parley.wire.InvalidInput;
import chat.parley.wire.JsonObject;
import chat.parley.wire.Problem;
import chat.parley.wire.ProblemCode;
import java.util.List;
import java.util.Optional;

/** Posting and polling without a token. What programs in use rely on is kept to the letter. */
public final class SimpleEndpoints {
    private static final String ANONYMOUS = "anonymous";
    private static final int NEWEST_MESSAGES = 200;
    private static final int NEWEST_PAIRS = 1_000;

    private final Rooms rooms;
    private final Accounts accounts;
    private final Throttle throttle;

    public SimpleEndpoints(Rooms rooms, Accounts accounts, Throttle throttle) {
        this.rooms = rooms;
        this.accounts = accounts;
        this.throttle = throttle;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.post("/messages", this::post),
                Endpoint.get("/messages", this::poll),
                Endpoint.post("/user", this::enter));
    }

    private Answer post(Request request) throws InvalidInput, StoreException {
        JsonObject body = request.json();
        return body.names("userid") || body.names("message")
                ? postAsUser(body, request.address())
                : postAsAnybody(body, request.address());
    }

    /** {@code {"text", "username"?, "room_number"?}}: the message comes back. */
    private Answer postAsAnybody(JsonObject body, String address) throws InvalidInput {
        String text = body.checked("text", Check::text);
        String name = body.has("username") ? body.checked("username", Check::userName) : ANONYMOUS;
        String room = RoomNumber.of(body);
        throttle.writeOfAnybody(address, text);
        if (!accounts.knowsSharedGuest(name)) {
            throttle.guest(address);
        }
        boolean mayMake = rooms.isInUse(room) || throttle.mayMakeRoom(null, address, room);
        return switch (accounts.sharedGuest(name)) {
            case Outcome.Guest(User guest) -> answer(store(guest, room, text, mayMake), false);
            case Outcome.Refused(Refusal reason) -> Answer.problem(Refusals.problem(reason));
            case Outcome other -> throw new IllegalStateException("a guest was asked for, but came " + other);
        };
    }

    /** {@code {"message", "userid"}}, as somebody who came in by {@code POST /user}: {@code "ok"} comes back. */
    private Answer postAsUser(JsonObject body, String address) throws InvalidInput, StoreException {
        String text = body.checked("message", Check::text);
        Optional<Credential> credential = accounts.authenticateScoped(body.string("userid"));
        String room = credential.map(Credential::scope).orElse(null);
        if (credential.isEmpty() || room == null) {
            throw new InvalidInput(new Problem(
                    ProblemCode.UNAUTHORIZED, "'userid' must be a string that POST /user has given.", "userid"));
        }
        User user = credential.get().user();
        throttle.write(user, address, text);
        boolean mayMake = rooms.isInUse(room) || throttle.mayMakeRoom(user, address, room);
        return answer(store(user, room, text, mayMake), true);
    }

    private Outcome store(User author, String room, String text, boolean mayMake) {
        Outcome outcome = rooms.submit(new Write.Post(author, room, text, null, null, rooms.now(), mayMake));
        if (!(outcome instanceof Outcome.Refused)) {
            throttle.roomIsThere(room);
        }
        return outcome;
    }

    private static Answer answer(Outcome outcome, boolean brief) {
        return switch (outcome) {
            case Outcome.Changed(Message message) ->
                brief
                        ? Answer.json(200, json -> json.writeString("ok"))
                        : Answer.json(200, json -> Bodies.write(json, message));
            case Outcome.Refused(Refusal reason) -> Answer.problem(Refusals.problem(reason));
            default -> throw new IllegalStateException("a message was posted, but came " + outcome);
        };
    }

    /** {@code {"username", "room_number"?}}: a capability comes back, for posting as this guest in this room. */
    private Answer enter(Request request) throws InvalidInput {
        JsonObject body = request.json();
        String name = body.checked("username", Check::userName);
        String room = RoomNumber.of(body);
        throttle.guest(request.address());
        return switch (accounts.scopedGuest(name, room)) {
            case Admission.Admitted(User user, String token) -> Answer.json(200, json -> json.writeString(token));
            case Admission.Refused(Refusal reason) -> Answer.problem(Refusals.problem(reason));
        };
    }

    private Answer poll(Request request) throws InvalidInput, StoreException {
        String room = RoomNumber.ofQuery(request.query().string(RoomNumber.FIELD));
        return room == null ? messages(request) : pairs(request, room);
    }

    private Answer messages(Request request) throws InvalidInput, StoreException {
        List<Message> newest = newest(request, RoomNumber.LOBBY, NEWEST_MESSAGES);
        return Answer.json(200, json -> {
            json.writeStartArray();
            for (Message message : newest) {
                Bodies.write(json, message);
            }
            json.writeEndArray();
        });
    }

    private Answer pairs(Request request, String room) throws InvalidInput, StoreException {
        List<Message> newest = newest(request, room, NEWEST_PAIRS);
        return Answer.json(200, json -> {
            json.writeStartArray();
            for (Message message : newest) {
                json.writeStartArray();
                json.writeString(message.author().name());
                json.writeString(message.text());
                json.writeEndArray();
            }
            json.writeEndArray();
        });
    }

    private List<Message> newest(Request request, String room, int limit) throws InvalidInput, StoreException {
        return PageReading.page(request, limit, size -> rooms.page(room, null, null, size)).orElse(List.of()).stream()
                .filter(message -> !message.deleted())
                .toList();
    }
}

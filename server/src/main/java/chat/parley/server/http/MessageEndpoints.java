package chat.parley.server.http;

import chat.parley.model.Check;
import chat.parley.model.Limits;
import chat.parley.model.Message;
import chat.parley.model.User;
import chat.parley.server.model.Outcome;
import chat.parley.server.model.PageSize;
import chat.parley.server.model.Refusal;
import chat.parley.server.model.Write;
import chat.parley.server.room.Rooms;
import chat.parley.server.store.StoreException;
import chat.parley.server.transport.Answer;
import chat.parley.server.transport.Bearer;
import chat.parley.server.transport.Endpoint;
import chat.parley.server.transport.PageReading;
import chat.parley.server.transport.Refusals;
import chat.parley.server.transport.Request;
import chat.parley.server.transport.Throttle;
import chat.parley.wire.Bodies;
import chat.parley.wire.InvalidInput;
import chat.parley.wire.JsonObject;
import java.util.List;
import java.util.Optional;

/** Messages: reading them by page, posting, editing, deleting. */
public final class MessageEndpoints {
    private static final String MESSAGES = "/api/v1/rooms/{room}/messages";
    private static final String MESSAGE = MESSAGES + "/{seq}";

    private final Rooms rooms;
    private final Bearer bearer;
    private final Throttle throttle;

    public MessageEndpoints(Rooms rooms, Bearer bearer, Throttle throttle) {
        this.rooms = rooms;
        this.bearer = bearer;
        this.throttle = throttle;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get(MESSAGES, bearer.required(this::page)),
                Endpoint.post(MESSAGES, bearer.required(this::post)),
                Endpoint.get(MESSAGE, bearer.required(this::show)),
                Endpoint.patch(MESSAGE, bearer.required(this::edit)),
                Endpoint.delete(MESSAGE, bearer.required(this::delete)));
    }

    private Answer page(User user, Request request) throws InvalidInput, StoreException {
        String room = Places.room(request);
        Long before = request.query().number("before");
        Long after = request.query().number("after");
        int limit = request.query().intBetween("limit", 1, Limits.HISTORY_MAX, Limits.HISTORY_DEFAULT);
        Optional<List<Message>> page = PageReading.page(request, limit, size -> rooms.page(room, before, after, size));
        if (page.isEmpty()) {
            return Answer.problem(Refusals.problem(Refusal.ROOM_NOT_FOUND));
        }
        return Answer.json(200, json -> {
            json.writeStartArray();
            for (Message message : page.get()) {
                Bodies.write(json, message);
            }
            json.writeEndArray();
        });
    }

    private Answer post(User user, Request request) throws InvalidInput {
        String room = Places.room(request);
        JsonObject body = request.json();
        String text = body.checked("text", Check::text);
        String id = body.optionalChecked("id", Check::messageId);
        Long replyTo = body.optionalSeq("replyTo");
        throttle.write(user, request.address(), text);
        boolean mayMake = rooms.isInUse(room) || throttle.mayMakeRoom(user, request.address(), room);
        Outcome outcome = rooms.submit(new Write.Post(user, room, text, id, replyTo, rooms.now(), mayMake));
        if (!(outcome instanceof Outcome.Refused)) {
            throttle.roomIsThere(room);
        }
        return answer(201, outcome);
    }

    private Answer show(User user, Request request) throws InvalidInput, StoreException {
        String room = Places.room(request);
        long seq = Places.seq(request);
        Optional<List<Message>> page = rooms.page(room, null, seq - 1, PageSize.of(1));
        if (page.isEmpty()) {
            return Answer.problem(Refusals.problem(Refusal.ROOM_NOT_FOUND));
        }
        List<Message> found = page.get();
        return found.isEmpty() || found.getFirst().seq() != seq
                ? Answer.problem(Refusals.problem(Refusal.MESSAGE_NOT_FOUND))
                : message(200, found.getFirst());
    }

    private Answer edit(User user, Request request) throws InvalidInput {
        String room = Places.room(request);
        long seq = Places.seq(request);
        String text = request.json().checked("text", Check::text);
        throttle.write(user, request.address(), text);
        return answer(200, rooms.submit(new Write.Edit(user, room, seq, text, rooms.now())));
    }

    private Answer delete(User user, Request request) throws InvalidInput {
        String room = Places.room(request);
        long seq = Places.seq(request);
        throttle.write(user, request.address(), null);
        return answer(200, rooms.submit(new Write.Delete(user, room, seq, rooms.now())));
    }

    private static Answer answer(int changedStatus, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Changed(Message message)
            when changedStatus == 201 ->
                message(201, message)
                        .with("location", "/api/v1/rooms/" + message.room() + "/messages/" + message.seq());
            case Outcome.Changed(Message message) -> message(changedStatus, message);
            case Outcome.Repeated(Message message) -> message(200, message);
            case Outcome.Refused(Refusal reason) -> Answer.problem(Refusals.problem(reason));
            default -> throw new IllegalStateException("a message was changed, but came " + outcome);
        };
    }

    private static Answer message(int status, Message message) {
        return Answer.json(status, json -> Bodies.write(json, message));
    }
}

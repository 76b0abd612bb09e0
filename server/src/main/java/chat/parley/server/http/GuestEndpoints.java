package chat.parley.server.http;

import chat.parley.model.Check;
import chat.parley.server.account.Accounts;
import chat.parley.server.account.Admission;
import chat.parley.server.transport.Answer;
import chat.parley.server.transport.Endpoint;
import chat.parley.server.transport.Refusals;
import chat.parley.server.transport.Request;
import chat.parley.server.transport.Throttle;
import chat.parley.wire.Bodies;
import chat.parley.wire.InvalidInput;
import java.util.List;

/** Becoming a guest: the one call of the API that needs no token. */
public final class GuestEndpoints {
    private final Accounts accounts;
    private final Throttle throttle;

    public GuestEndpoints(Accounts accounts, Throttle throttle) {
        this.accounts = accounts;
        this.throttle = throttle;
    }

    public List<Endpoint> endpoints() {
        return List.of(Endpoint.post("/api/v1/guests", this::become));
    }

    private Answer become(Request request) throws InvalidInput {
        String name = request.json().checked("name", Check::userName);
        throttle.guest(request.address());
        return switch (accounts.guest(name)) {
            case Admission.Admitted(var user, var token) ->
                Answer.json(201, json -> {
                    json.writeStartObject();
                    json.writeFieldName("user");
                    Bodies.write(json, user);
                    json.writeStringField("token", token);
                    json.writeEndObject();
                });
            case Admission.Refused(var reason) -> Answer.problem(Refusals.problem(reason));
        };
    }
}

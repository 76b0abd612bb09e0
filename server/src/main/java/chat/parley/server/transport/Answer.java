package chat.parley.server.transport;

import chat.parley.wire.Bodies;
import chat.parley.wire.JsonBytes;
import chat.parley.wire.Problem;
import chat.parley.wire.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * An HTTP answer, whole. Immutable: nobody changes the body's bytes.
 *
 * @param status the HTTP status, 200-599
 * @param headers by name in lower case; they win over the router's defaults
 * @param body empty where there is none
 */
public record Answer(int status, Map<String, String> headers, byte[] body) {
    private static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";

    public Answer {
        headers = Map.copyOf(headers);
    }

    public static Answer of(int status, String contentType, byte[] body) {
        return new Answer(status, Map.of("content-type", contentType), body);
    }

    public static Answer text(int status, String contentType, String body) {
        return of(status, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    public static Answer json(int status, JsonBytes.Body body) {
        return of(status, JSON, JsonBytes.write(body));
    }

    public static Answer empty(int status) {
        return new Answer(status, Map.of(), new byte[0]);
    }

    /** The problem as RFC 9457 has it, with the headers that go with it. */
    public static Answer problem(Problem problem) {
        return problem(problem.code().status(), problem);
    }

    static Answer problem(int status, Problem problem) {
        byte[] body = JsonBytes.write(json -> {
            json.writeStartObject();
            json.writeNumberField("status", status);
            Bodies.writeFields(json, problem);
            json.writeEndObject();
        });
        Answer answer = of(status, PROBLEM, body);
        if (problem.retryAfter() != null) {
            answer = answer.with("retry-after", problem.retryAfter().toString());
        }
        return status == 401 ? answer.with("www-authenticate", "Bearer") : answer;
    }

    /** For a bug: what exactly it was stands in the server's log only. */
    public static Answer internalError() {
        return problem(new Problem(ProblemCode.INTERNAL, "Something went wrong in the server; its log says what."));
    }

    /** The same answer with one more header. */
    public Answer with(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new Answer(status, more, body);
    }
}

package chat.parley.server.transport;

import chat.parley.wire.InvalidInput;
import chat.parley.wire.JsonObject;
import chat.parley.wire.Problem;
import chat.parley.wire.ProblemCode;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that has come whole. Immutable: nobody changes the body's bytes.
 *
 * @param places what stood in the named places of the path, decoded
 * @param headers the first of each name, by name in lower case
 * @param body at most {@link chat.parley.model.Limits#BODY} bytes
 * @param address from where it comes, as {@link Addresses} has it
 * @param answerShare memory for the answer; an answer that may be large takes its share before it is read
 */
public record Request(
        Map<String, String> places,
        Query query,
        Map<String, String> headers,
        byte[] body,
        String address,
        AnswerBudget.Share answerShare) {
    /** What stood in a place that the endpoint's own template names. */
    public String place(String name) {
        String value = places.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the template has no {" + name + "}");
        }
        return value;
    }

    /** The first header of that name (in lower case), or null. */
    public @Nullable String header(String name) {
        return headers.get(name);
    }

    /**
     * The body as a JSON object. A body without a {@code Content-Type} is taken for JSON.
     *
     * @throws InvalidInput if it is of another type, or is not a JSON object in UTF-8
     */
    public JsonObject json() throws InvalidInput {
        String type = headers.get("content-type");
        if (type != null && !isJson(type)) {
            throw new InvalidInput(new Problem(
                    ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                    "Send the body as JSON, with the header 'Content-Type: application/json'.",
                    "Content-Type"));
        }
        return JsonObject.parse(body);
    }

    private static boolean isJson(String contentType) {
        int parameters = contentType.indexOf(';');
        String type = (parameters < 0 ? contentType : contentType.substring(0, parameters))
                .strip()
                .toLowerCase(Locale.ROOT);
        return type.equals("application/json") || (type.startsWith("application/") && type.endsWith("+json"));
    }
}

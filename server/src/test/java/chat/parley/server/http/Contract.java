package chat.parley.server.http;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The documents in {@code docs/} that describe the contract for tools. */
final class Contract {
    private static final String BASE = "https://parley.example/";
    private static final Path DOCS = Path.of("..", "docs");
    private static final ObjectMapper JSON = new ObjectMapper();

    final JsonNode openApi = read("openapi.yaml");
    final JsonNode asyncApi = read("asyncapi.yaml");

    private final SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemas(
                    Map.of(BASE + "openapi.yaml", openApi.toString(), BASE + "asyncapi.yaml", asyncApi.toString())));

    private static JsonNode read(String document) {
        try {
            return new YAMLMapper().readTree(Files.readString(DOCS.resolve(document)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Every method and path of the OpenAPI document. */
    Set<String> calls() {
        Set<String> calls = new HashSet<>();
        openApi.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    if (!method.getKey().equals("parameters")) {
                        calls.add(method.getKey().toUpperCase() + " " + path.getKey());
                    }
                }));
        return calls;
    }

    /** Every answer that the OpenAPI document names by its status. */
    Set<String> answers() {
        Set<String> answers = new HashSet<>();
        for (String call : calls()) {
            responses(call).properties().stream()
                    .map(Map.Entry::getKey)
                    .filter(status -> !status.equals("default"))
                    .forEach(status -> answers.add(call + " " + status));
        }
        return answers;
    }

    private JsonNode operation(String call) {
        String[] words = call.split(" ");
        return openApi.get("paths").get(words[1]).get(words[0].toLowerCase());
    }

    private JsonNode responses(String call) {
        return operation(call).get("responses");
    }

    /** The schema of an answer's body; null where the document has none. A status that it does not name is its default. */
    @Nullable
    JsonNode answerSchema(String call, int status, String mediaType) {
        JsonNode responses = responses(call);
        JsonNode answer = responses.has(String.valueOf(status))
                ? responses.get(String.valueOf(status))
                : responses.path("default");
        return resolve(answer).path("content").path(mediaType).get("schema");
    }

    /** The schema of a request's JSON body. */
    JsonNode requestSchema(String call) {
        return operation(call)
                .get("requestBody")
                .get("content")
                .get("application/json")
                .get("schema");
    }

    /** The schema of a parameter in the path, the query or a header. */
    JsonNode parameterSchema(String call, String name) {
        JsonNode path = openApi.get("paths").get(call.split(" ")[1]);
        return Stream.of(path.path("parameters"), operation(call).path("parameters"))
                .flatMap(parameters -> StreamSupport.stream(parameters.spliterator(), false))
                .map(this::resolve)
                .filter(parameter -> parameter.get("name").asString().equals(name))
                .findFirst()
                .orElseThrow()
                .get("schema");
    }

    /** The headers without which the call is refused, each with a value that its schema takes. */
    Map<String, String> requiredHeaders(String call) {
        return StreamSupport.stream(operation(call).path("parameters").spliterator(), false)
                .filter(parameter -> parameter.path("in").asString("").equals("header"))
                .filter(parameter -> parameter.path("required").asBoolean(false))
                .collect(Collectors.toMap(
                        parameter -> parameter.get("name").asString(), parameter -> sample(parameter.get("schema"))));
    }

    private static String sample(JsonNode schema) {
        return schema.has("const")
                ? schema.get("const").asString()
                : schema.at("/examples/0").asString();
    }

    private JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? openApi.at(node.get("$ref").asString().substring(1)) : node;
    }

    /** What is wrong with the JSON, fields that the schema does not name included. */
    List<Error> errors(String document, JsonNode schema, String json) {
        ObjectNode closed = JSON.createObjectNode();
        closed.put("$id", BASE + "closed/" + schema.hashCode());
        closed.set("allOf", JSON.createArrayNode().add(absolute(document, schema)));
        JsonNode value = JSON.readTree(json);
        if (value.isObject()) {
            closed.put("unevaluatedProperties", false);
        }
        Schema compiled = schemas.getSchema(
                SchemaLocation.of(BASE + "closed/" + schema.hashCode() + "/" + document),
                closed.toString(),
                InputFormat.JSON);
        return compiled.validate(json, InputFormat.JSON);
    }

    /** The frame's errors by the AsyncAPI document. */
    List<Error> frameErrors(String schema, String json) {
        return errors("asyncapi.yaml", asyncApi.at("/components/schemas/" + schema), json);
    }

    /** The same schema, whose references no longer depend on where it stands. */
    private static JsonNode absolute(String document, JsonNode schema) {
        String text = schema.toString()
                .replace("\"$ref\":\"#/", "\"$ref\":\"" + BASE + document + "#/")
                .replace("\"$ref\":\"openapi.yaml#/", "\"$ref\":\"" + BASE + "openapi.yaml#/");
        return JSON.readTree(text);
    }
}

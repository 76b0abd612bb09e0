package chat.parley.server.transport;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A path with named places, as {@code /api/v1/rooms/{room}}. Immutable. */
record PathTemplate(List<String> segments) {
    static PathTemplate of(String template) {
        return new PathTemplate(List.of(template.split("/", -1)));
    }

    /** What stands in the named places; null where the path is another one. */
    @Nullable
    Map<String, String> match(List<String> path) {
        if (path.size() != segments.size()) {
            return null;
        }
        Map<String, String> places = new HashMap<>(4);
        for (int i = 0; i < path.size(); i++) {
            String segment = segments.get(i);
            if (segment.startsWith("{")) {
                places.put(segment.substring(1, segment.length() - 1), path.get(i));
            } else if (!segment.equals(path.get(i))) {
                return null;
            }
        }
        return places;
    }

    /** The segments of a raw path, percent-decoded one by one; null where it is not well encoded. */
    static @Nullable List<String> split(String rawPath) {
        try {
            return List.of(rawPath.split("/", -1)).stream()
                    .map(PathTemplate::decode)
                    .toList();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String decode(String segment) {
        // URLDecoder reads forms, where a plus is a blank; in a path it is a plus.
        return segment.indexOf('%') < 0
                ? segment
                : URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}

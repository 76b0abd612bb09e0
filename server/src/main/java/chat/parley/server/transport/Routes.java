package chat.parley.server.transport;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The endpoints by path and method. Immutable. */
final class Routes {
    /** The endpoints of one path, by method. */
    private record Route(PathTemplate template, Map<String, Endpoint> methods) {}

    /** The endpoints of the path asked for, and what stood in its places. */
    record Match(Map<String, Endpoint> methods, Map<String, String> places) {
        /** The endpoint for the method, or null. {@code HEAD} is {@code GET} where that is answered whole. */
        @Nullable
        Endpoint endpoint(String method) {
            Endpoint endpoint = methods.get(method.equals("HEAD") ? "GET" : method);
            return method.equals("HEAD") && endpoint instanceof Endpoint.Stream ? null : endpoint;
        }

        /** The methods that can be used here, as {@code Allow} lists them. */
        String allowed() {
            TreeSet<String> allowed = new TreeSet<>(methods.keySet());
            allowed.add("OPTIONS");
            if (methods.containsKey("GET") && !(methods.get("GET") instanceof Endpoint.Stream)) {
                allowed.add("HEAD");
            }
            return String.join(", ", allowed);
        }
    }

    private final List<Route> routes = new ArrayList<>();

    Routes(List<Endpoint> endpoints) {
        Map<String, Map<String, Endpoint>> byPath = new LinkedHashMap<>();
        for (Endpoint endpoint : endpoints) {
            Endpoint other = byPath.computeIfAbsent(endpoint.path(), path -> new LinkedHashMap<>())
                    .putIfAbsent(endpoint.method(), endpoint);
            if (other != null) {
                throw new IllegalArgumentException("two endpoints for " + endpoint.method() + " " + endpoint.path());
            }
        }
        byPath.forEach((path, methods) -> routes.add(new Route(PathTemplate.of(path), Map.copyOf(methods))));
    }

    /** The endpoints at the path, or null. */
    @Nullable
    Match match(List<String> path) {
        for (Route route : routes) {
            Map<String, String> places = route.template.match(path);
            if (places != null) {
                return new Match(route.methods, places);
            }
        }
        return null;
    }
}

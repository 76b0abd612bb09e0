package chat.parley.e2e.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How long after the command a server answers, with and without what the JVM learned from an earlier run. */
final class Startup implements Scenario {
    private static final int STARTS = 5;
    private static final Map<String, String> WITHOUT_CACHE = Map.of("JAVA_TOOL_OPTIONS", "-XX:AOTMode=off");

    @Override
    public String name() {
        return "startup";
    }

    @Override
    public String summary() {
        return "time from the command to the first answer";
    }

    @Override
    public void run(Settings settings, Report report) {
        settings.startServer("startup-build").close();
        report.add(measure(settings, "with AOT cache", Map.of(), true));
        report.add(measure(settings, "with AOT cache", Map.of(), false));
        report.add(measure(settings, "without AOT cache", WITHOUT_CACHE, true));
        report.add(measure(settings, "without AOT cache", WITHOUT_CACHE, false));
    }

    private Result measure(Settings settings, String cache, Map<String, String> environment, boolean newData) {
        List<Double> alive = new ArrayList<>();
        List<Double> page = new ArrayList<>();
        String folder = "startup" + cache.replace(' ', '-');
        for (int i = 0; i < STARTS; i++) {
            String data = newData ? folder + i : folder + 0;
            try (Server server = settings.launchServer(data, List.of(), environment)) {
                alive.add(server.awaitAnswer("/healthz"));
                page.add(server.awaitAnswer("/"));
            }
        }
        return new Result(
                name(),
                cache + (newData ? ", first start" : ", started again"),
                List.of(
                        new Figure("first 200 of /healthz", "s", alive, null),
                        new Figure("first page", "s", page, Figure.Bar.atMost(newData ? 0.8 : 0.4))));
    }
}

package chat.parley.e2e.hostile;

import chat.parley.e2e.Api;
import chat.parley.e2e.Json;
import chat.parley.e2e.SocketClient;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Two friends who talk in a room while others attack the server, somebody who asks for the room over HTTP, and a supervisor who
 * probes it. They come before the attack and measure how long each waits.
 */
final class Honest implements AutoCloseable {
    private static final Duration BETWEEN = Duration.ofMillis(40);

    private final Target target;
    private final String room;
    private final Api ada;
    private final SocketClient adasSocket;
    private final SocketClient ben;
    private int said;

    private Honest(Target target, String room) throws IOException {
        this.target = target;
        this.room = room;
        ada = target.guest("ada");
        adasSocket = SocketClient.signedIn(target.port(), ada.secret(), frame -> {});
        ben = SocketClient.guest(target.port(), "ben");
        adasSocket.join(room, 0);
        ben.join(room, 0);
    }

    static Honest in(Target target, String room) throws IOException {
        return new Honest(target, room);
    }

    /** Ada posts over her socket and Ben sees it over his; gives how long that took. */
    Duration postsAndSees(String text) throws IOException {
        long start = System.nanoTime();
        int from = ben.mark();
        Json sent = adasSocket.ask("type", "send", "room", room, "text", text);
        if (!sent.isType("sent")) {
            throw new AssertionError("not posted: " + sent);
        }
        ben.await(
                "what Ada said",
                from,
                frame -> frame.isType("message")
                        && frame.text("room").equals(room)
                        && frame.number("change") == sent.number("change"));
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** All of them go on for so long; gives how long each kind of thing took. */
    Map<String, Latencies> goOn(Duration most) {
        Map<String, Latencies> all = new LinkedHashMap<>();
        Map<String, Act> acts = new LinkedHashMap<>();
        acts.put("post", () -> postsAndSees("hello " + said++));
        acts.put("request", () -> mustBe200(ada, "/api/v1/rooms/" + room));
        acts.put("probe", () -> mustBe200(target.anybody(), "/healthz"));
        Map<String, Thread> threads = new LinkedHashMap<>();
        long end = System.nanoTime() + most.toNanos();
        acts.forEach((kind, act) -> {
            Latencies latencies = new Latencies();
            all.put(kind, latencies);
            threads.put(kind, Thread.ofVirtual().start(() -> repeat(act, end, latencies)));
        });
        for (Thread thread : threads.values()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return all;
    }

    private static void repeat(Act act, long end, Latencies latencies) {
        while (System.nanoTime() < end) {
            long start = System.nanoTime();
            try {
                act.run();
                latencies.took(System.nanoTime() - start);
            } catch (Exception | AssertionError e) {
                latencies.failed(e.toString());
            }
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
    }

    private static void mustBe200(Api caller, String path) throws IOException {
        Api.Answer answer = caller.get(path);
        if (answer.status() != 200) {
            throw new AssertionError(path + " answered " + answer);
        }
    }

    @Override
    public void close() {
        adasSocket.close();
        ben.close();
    }
}

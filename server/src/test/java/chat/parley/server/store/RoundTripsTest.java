package chat.parley.server.store;

import static chat.parley.server.store.Samples.AT;
import static chat.parley.server.store.Samples.guest;
import static chat.parley.server.store.Samples.post;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.model.User;
import chat.parley.server.model.Outcome;
import chat.parley.server.model.Write;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What is new in a batch costs a few round trips to PostgreSQL, however much of it there is. */
class RoundTripsTest {
    private static final int MANY = 2_000;

    @Test
    void manyFreshRoomsAndNamesHoldNobodyUp() throws Exception {
        try (CountingLine line = new CountingLine(PostgresForTests.newDatabase());
                Store store = Stores.postgres(line.url(), null)) {
            List<Write> guests = new ArrayList<>();
            List<Write> rooms = new ArrayList<>();
            List<Write> posts = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                User user = new User("user-" + i, "user", true);
                guests.add(guest(user));
                rooms.add(new Write.OpenRoom("room-" + i, AT, true));
                rooms.add(new Write.OpenSimpleGuest(new User("simple-" + i, "simple " + i, true), AT));
                posts.add(post(user, "room-" + i, "hi", "x"));
            }
            store.apply(List.of(guest(new User("warm", "warm", true))));

            long before = line.trips();
            assertThat(store.apply(guests)).allMatch(Outcome.Guest.class::isInstance);
            assertThat(line.trips() - before).as("guests").isLessThan(60);

            before = line.trips();
            assertThat(store.apply(rooms)).noneMatch(Outcome.Refused.class::isInstance);
            assertThat(line.trips() - before).as("rooms and names").isLessThan(60);

            before = line.trips();
            assertThat(store.apply(posts)).allMatch(Outcome.Changed.class::isInstance);
        }
    }

    /** Passes bytes on to a server and back, and counts how often the server was waited for. */
    private static final class CountingLine implements AutoCloseable {
        private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final URI target;
        private final AtomicLong trips = new AtomicLong();

        CountingLine(String url) throws IOException {
            target = URI.create(url);
            Thread.ofVirtual().start(this::accept);
        }

        String url() {
            return "postgres://postgres@localhost:" + door.getLocalPort() + target.getPath();
        }

        long trips() {
            return trips.get();
        }

        private void accept() {
            while (!door.isClosed()) {
                try {
                    Socket client = door.accept();
                    Socket server = new Socket("localhost", target.getPort());
                    AtomicBoolean asked = new AtomicBoolean();
                    Thread.ofVirtual().start(() -> pass(client, server, () -> asked.set(true)));
                    Thread.ofVirtual()
                            .start(() -> pass(server, client, () -> {
                                if (asked.getAndSet(false)) {
                                    trips.incrementAndGet();
                                }
                            }));
                } catch (IOException closed) {
                    return;
                }
            }
        }

        private static void pass(Socket from, Socket to, Runnable seen) {
            byte[] bytes = new byte[65_536];
            try (from;
                    to;
                    InputStream in = from.getInputStream();
                    OutputStream out = to.getOutputStream()) {
                for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                    seen.run();
                    out.write(bytes, 0, read);
                }
            } catch (IOException closed) {
                // The other side is closed with it.
            }
        }

        @Override
        public void close() throws IOException {
            door.close();
        }
    }
}

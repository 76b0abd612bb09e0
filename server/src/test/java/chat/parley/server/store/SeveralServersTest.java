package chat.parley.server.store;

import static chat.parley.server.store.Samples.guest;
import static chat.parley.server.store.Samples.post;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.model.Message;
import chat.parley.model.User;
import chat.parley.server.model.Outcome;
import chat.parley.server.model.PageSize;
import chat.parley.server.model.Write;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several servers on one PostgreSQL database agree on every room's order. */
class SeveralServersTest {
    private static final int SERVERS = 3;
    private static final int BATCHES = 60;

    @Test
    @Timeout(value = 90, unit = TimeUnit.SECONDS)
    void roomsThatAllWriteToAreDenseAndHoldEachMessageOnce() throws Exception {
        String url = PostgresForTests.newDatabase();
        List<User> users = new ArrayList<>();
        for (int i = 0; i < SERVERS; i++) {
            users.add(new User("user-" + i, "user", true));
        }
        List<Store> stores = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(SERVERS)) {
            for (int i = 0; i < SERVERS; i++) {
                stores.add(Stores.postgres(url, null));
            }
            stores.getFirst().apply(users.stream().<Write>map(Samples::guest).toList());
            List<Callable<Set<String>>> servers = new ArrayList<>();
            for (int i = 0; i < SERVERS; i++) {
                int server = i;
                servers.add(() -> storm(stores.get(server), users.get(server), server));
            }
            Set<String> told = new HashSet<>();
            for (Future<Set<String>> server : threads.invokeAll(servers)) {
                for (String place : server.get()) {
                    assertThat(told.add(place))
                            .as("told to one server only: %s", place)
                            .isTrue();
                }
            }
            int stored = 0;
            for (int room = 0; room < 6; room++) {
                List<Message> log = stores.getLast().log("r" + room, 0, PageSize.of(100_000));
                assertThat(log)
                        .extracting(Message::change)
                        .containsExactlyElementsOf(
                                LongStream.rangeClosed(1, log.size()).boxed().toList());
                stored += log.size();
            }
            assertThat(stored).isEqualTo(told.size());
        } finally {
            stores.forEach(Store::close);
        }
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void theSameIdSentToTwoServersAtOnceIsStoredOnce() throws Exception {
        String url = PostgresForTests.newDatabase();
        User user = new User("user", "user", true);
        try (Store one = Stores.postgres(url, null);
                Store two = Stores.postgres(url, null);
                ExecutorService threads = Executors.newFixedThreadPool(2)) {
            one.apply(List.of(guest(user)));
            for (int i = 0; i < 100; i++) {
                Write.Post post = post(user, "r" + i % 10, "hi", "id-" + i);
                List<Callable<Outcome>> both = List.of(() -> Samples.one(one, post), () -> Samples.one(two, post));
                List<Outcome> outcomes = new ArrayList<>();
                for (Future<Outcome> outcome : threads.invokeAll(both)) {
                    outcomes.add(outcome.get());
                }
                assertThat(outcomes).hasAtLeastOneElementOfType(Outcome.Changed.class);
                assertThat(outcomes).hasAtLeastOneElementOfType(Outcome.Repeated.class);
            }
        }
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void moreRoomsThanOneListHoldsAreLockedInOneOrder() throws Exception {
        String url = PostgresForTests.newDatabase();
        User user = new User("user", "user", true);
        try (Store one = Stores.postgres(url, null);
                Store two = Stores.postgres(url, null);
                ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Write> posts = new ArrayList<>();
            for (int i = 0; i < 1_200; i++) {
                posts.add(post(user, "room-" + i, "hi"));
            }
            one.apply(List.of(guest(user)));
            one.apply(posts);
            List<Write> back = posts.reversed();
            for (int i = 0; i < 10; i++) {
                List<Callable<List<Outcome>>> both = List.of(() -> one.apply(posts), () -> two.apply(back));
                for (Future<List<Outcome>> outcomes : threads.invokeAll(both)) {
                    assertThat(outcomes.get()).allMatch(Outcome.Changed.class::isInstance);
                }
            }
        }
        assertThat(deadlocks(url)).isZero();
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void aServerThatStandsStillWithARoomLockedLetsGoOfIt() throws Exception {
        String url = PostgresForTests.newDatabase();
        User user = new User("user", "user", true);
        try (Store store = Stores.postgres(url, null);
                Connection stopped = new Postgres(PostgresUrl.parse(url, null)).connect();
                Statement statement = stopped.createStatement()) {
            store.apply(List.of(guest(user), post(user, "4", "hi")));
            stopped.setAutoCommit(false);
            statement.execute("SELECT 1 FROM rooms WHERE name = '4' FOR NO KEY UPDATE");
            long start = System.nanoTime();
            assertThat(Samples.one(store, post(user, "4", "again"))).isInstanceOf(Outcome.Changed.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
        }
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void roomsAndNamesThatAllMakeAtOnceAreMadeOnce() throws Exception {
        String url = PostgresForTests.newDatabase();
        User user = new User("user", "user", true);
        try (Store one = Stores.postgres(url, null);
                Store two = Stores.postgres(url, null);
                ExecutorService threads = Executors.newFixedThreadPool(2)) {
            one.apply(List.of(guest(user)));
            for (int round = 0; round < 5; round++) {
                List<List<Write>> batches = List.of(new ArrayList<>(), new ArrayList<>());
                for (int i = 0; i < 700; i++) {
                    for (int server = 0; server < 2; server++) {
                        String name = round + "-" + (server == 0 ? i : 699 - i);
                        batches.get(server).add(new Write.OpenRoom("room-" + name, Samples.AT, true));
                        batches.get(server)
                                .add(new Write.OpenSimpleGuest(
                                        new User(server + "-" + name, "name-" + name, true), Samples.AT));
                    }
                }
                List<Callable<List<Outcome>>> both =
                        List.of(() -> one.apply(batches.get(0)), () -> two.apply(batches.get(1)));
                List<Set<Outcome>> told = new ArrayList<>();
                for (Future<List<Outcome>> outcomes : threads.invokeAll(both)) {
                    told.add(new HashSet<>(outcomes.get()));
                }
                assertThat(told.get(0)).hasSize(1_400).isEqualTo(told.get(1));
            }
        }
        assertThat(deadlocks(url)).isZero();
    }

    private static long deadlocks(String url) throws Exception {
        return PostgresForTests.number(
                url, "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()");
    }

    /** Posts into rooms in an order of its own, and returns the places that it was told. */
    private static Set<String> storm(Store store, User user, int server) throws StoreException {
        Random random = new Random(server);
        Set<String> told = new HashSet<>();
        for (int batch = 0; batch < BATCHES; batch++) {
            List<Write> writes = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(20); i++) {
                writes.add(post(user, "r" + random.nextInt(6), "text", batch + "-" + i));
            }
            for (Outcome outcome : store.apply(writes)) {
                assertThat(outcome).isInstanceOf(Outcome.Changed.class);
                Message message = ((Outcome.Changed) outcome).message();
                told.add(message.room() + " " + message.seq());
            }
        }
        return told;
    }
}

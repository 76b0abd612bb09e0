package chat.parley.server.app;

import chat.parley.server.quota.Quota;
import chat.parley.server.quota.Quotas;
import chat.parley.server.room.RoomMetrics;
import chat.parley.server.room.Rooms;
import chat.parley.server.transport.AnswerBudget;
import chat.parley.server.transport.Connections;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** What the server counts, for Prometheus. Thread-safe. */
final class Metrics implements RoomMetrics, AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final LongAdder writes = new LongAdder();
    private final LongAdder posts = new LongAdder();
    private final LongAdder deliveries = new LongAdder();
    private final LongAdder commitFailures = new LongAdder();
    private final AtomicLong slowReaders = new AtomicLong();
    private final AtomicBoolean watchesProcess = new AtomicBoolean();
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final Timer commits = Timer.builder("parley.commit")
            .description("Time of a transaction, from its start until it is durable")
            .serviceLevelObjectives(
                    Duration.ofMillis(1),
                    Duration.ofMillis(2),
                    Duration.ofMillis(5),
                    Duration.ofMillis(10),
                    Duration.ofMillis(25),
                    Duration.ofMillis(50),
                    Duration.ofMillis(100),
                    Duration.ofMillis(250),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5))
            .register(registry);

    Metrics() {
        counter("parley.writes", "Writes stored: posts, edits, deletes, new guests, read marks, topics", writes);
        counter("parley.posts", "New messages stored", posts);
        counter("parley.deliveries", "Messages written to connections, one for each message and member", deliveries);
        counter("parley.commit.failures", "Transactions that failed", commitFailures);
        gauge(
                "parley.slow.readers",
                "Members that read on from the log because they take less than comes",
                slowReaders::get);
    }

    /** Counts what the rooms and doors hold. Called once. */
    void watch(
            Rooms rooms, LongSupplier sockets, LongSupplier streams, LongSupplier requests, LongSupplier queuedBytes) {
        connections("websocket", sockets);
        connections("events", streams);
        gauge("parley.requests.active", "HTTP requests that are being worked on", requests);
        gauge("parley.rooms", "Rooms held in memory", rooms::loaded);
        gauge(
                "parley.rooms.bytes",
                "Memory that the rooms' newest messages take, of an eighth of the heap",
                rooms::bytes);
        gauge("parley.writes.queued", "Writes that wait to be stored", rooms::queued);
        gauge(
                "parley.writes.queued.bytes",
                "Memory of writes that wait to be stored, of a sixteenth of the heap",
                rooms::queuedBytes);
        gauge("parley.outbound.queue.bytes", "Bytes that wait to be written to WebSockets", queuedBytes);
    }

    /** Counts what the bounds hold back. Called once. */
    void watch(Quotas quotas, Connections connections, AnswerBudget answers) {
        for (Quota quota : Quota.values()) {
            refused(quota.flagName(), () -> quotas.refused(quota));
        }
        refused("connections-per-address", connections::refused);
        refused("answer-bytes", answers::refused);
        gauge("parley.answer.bytes", "Memory that answers under way take, of an eighth of the heap", answers::reserved);
    }

    private void refused(String limit, LongSupplier count) {
        FunctionCounter.builder("parley.refused", count, LongSupplier::getAsLong)
                .description("What was refused because it was too much at a time, by the limit that did it")
                .tag("limit", limit)
                .register(registry);
    }

    /** The metrics in Prometheus' text format. */
    String scrape() {
        // Looking at the process costs a good part of the start-up time, and most servers are never scraped.
        if (watchesProcess.compareAndSet(false, true)) {
            watchProcess();
        }
        return registry.scrape();
    }

    private void watchProcess() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    @Override
    public void committed(int count, int newMessages, long nanos) {
        writes.add(count);
        posts.add(newMessages);
        commits.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void commitFailed() {
        commitFailures.increment();
    }

    @Override
    public void delivered(long messages) {
        deliveries.add(messages);
    }

    @Override
    public void slowReaders(int delta) {
        slowReaders.addAndGet(delta);
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }

    private void counter(String name, String description, LongAdder count) {
        FunctionCounter.builder(name, count, LongAdder::sum)
                .description(description)
                .register(registry);
    }

    private void gauge(String name, String description, LongSupplier value) {
        Gauge.builder(name, value::getAsLong).description(description).register(registry);
    }

    private void connections(String door, LongSupplier count) {
        Gauge.builder("parley.connections", count::getAsLong)
                .description("Open connections")
                .tag("door", door)
                .register(registry);
    }
}

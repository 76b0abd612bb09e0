package chat.parley.server.room;

import chat.parley.server.model.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/** Who is told the outcome of a write, and where. */
sealed interface Reply {
    /** Tells it, by way of the lane where there is one. Any thread; never blocks. */
    void accept(Outcome outcome);

    /** Told on a lane. */
    record OnLane(Lane lane, Consumer<Outcome> consumer) implements Reply {
        @Override
        public void accept(Outcome outcome) {
            lane.execute(() -> consumer.accept(outcome));
        }
    }

    /** Told on the thread that knows it: for the core's own writes, whose replies do little. */
    record Direct(Consumer<Outcome> consumer) implements Reply {
        @Override
        public void accept(Outcome outcome) {
            consumer.accept(outcome);
        }
    }

    /** Told to a thread that waits. */
    record Waiting(CompletableFuture<Outcome> future) implements Reply {
        @Override
        public void accept(Outcome outcome) {
            future.complete(outcome);
        }
    }

    /** Tells many at once: one task for each lane, however many replies it gets. */
    static void all(List<Appender.Pending> batch, List<Outcome> outcomes) {
        Map<Lane, List<Runnable>> lanes = new HashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            Outcome outcome = outcomes.get(i);
            switch (batch.get(i).reply()) {
                case Waiting waiting -> waiting.accept(outcome);
                case Direct direct -> direct.accept(outcome);
                case OnLane(Lane lane, Consumer<Outcome> consumer) ->
                    lanes.computeIfAbsent(lane, l -> new ArrayList<>()).add(() -> consumer.accept(outcome));
            }
        }
        lanes.forEach((lane, replies) -> lane.execute(() -> replies.forEach(Reply::run)));
    }

    private static void run(Runnable reply) {
        try {
            reply.run();
        } catch (RuntimeException e) {
            LoggerFactory.getLogger(Reply.class).error("a reply failed", e);
        }
    }
}

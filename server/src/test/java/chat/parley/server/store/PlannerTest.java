package chat.parley.server.store;

import static chat.parley.server.store.Samples.ADA;
import static chat.parley.server.store.Samples.NIK;
import static chat.parley.server.store.Samples.edit;
import static chat.parley.server.store.Samples.post;
import static chat.parley.server.store.Samples.posted;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.model.Message;
import chat.parley.server.model.Outcome;
import chat.parley.server.model.Refusal;
import chat.parley.server.model.RoomState;
import chat.parley.server.model.Write;
import chat.parley.server.store.BatchPlan.Posted;
import chat.parley.server.store.BatchState.Place;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The plan of a batch is what its writes would do one after another. */
class PlannerTest {
    @Test
    void aMessageEditedInItsOwnBatchIsStoredOnceInItsLastForm() {
        BatchState state = holding(new RoomState("4", "e", 7, 9, null));

        BatchPlan plan = Planner.plan(state, List.of(post(NIK, "4", "a"), edit(NIK, "4", 8, "b")));

        Message first = posted(NIK, "4", 8, 10, "a");
        assertThat(plan.posted()).containsExactly(new Posted(Samples.edited(first, 11, "b"), null));
        assertThat(plan.changed()).isEmpty();
        assertThat(plan.revisions()).containsExactly(BatchPlan.Revision.of(first));
        assertThat(plan.topics()).isEmpty();
        assertThat(plan.grown()).containsExactly(new RoomState("4", "e", 8, 11, null));
    }

    @Test
    void aBatchThatChangesNothingPlansNothing() {
        BatchState state = holding(new RoomState("4", "e", 7, 9, null));

        BatchPlan plan = Planner.plan(state, List.of(edit(NIK, "4", 8, "b"), new Write.MarkRead(NIK, "4", 8)));

        assertThat(plan.grown()).isEmpty();
        assertThat(plan.topics()).isEmpty();
        assertThat(plan.reads()).isEmpty();
        assertThat(plan.outcomes()).allMatch(Outcome.Refused.class::isInstance);
    }

    @Test
    void aRoomThatIsMadeWithItsBatchIsThereFromTheWriteOnThatOpensIt() {
        Write.SetTopic topic = new Write.SetTopic("4", "tea");
        for (Write opening : List.of(new Write.OpenRoom("4", Samples.AT, true), post(NIK, "4", "hi"))) {
            assertThat(Planner.plan(justMade(), List.of(topic, opening, topic)).outcomes())
                    .satisfiesExactly(
                            first -> assertThat(first).isEqualTo(new Outcome.Refused(Refusal.ROOM_NOT_FOUND)),
                            second -> assertThat(second).isNotInstanceOf(Outcome.Refused.class),
                            third -> assertThat(third).isInstanceOf(Outcome.TopicSet.class));
        }
    }

    @Test
    void whoMayMakeNoRoomEntersOneThatIsThereOnly() {
        Write.OpenRoom open = new Write.OpenRoom("4", Samples.AT, false);
        Write.Post post = new Write.Post(NIK, "4", "hi", null, null, Samples.AT, false);
        List<Write> both = List.of(open, post);
        assertThat(Planner.plan(justMade(), both).outcomes()).containsOnly(new Outcome.Refused(Refusal.ROOM_LIMIT));
        assertThat(Planner.plan(holding(), both).outcomes()).containsOnly(new Outcome.Refused(Refusal.ROOM_LIMIT));

        BatchState there = holding(new RoomState("4", "e", 7, 9, null));
        assertThat(Planner.plan(there, both).outcomes()).noneMatch(Outcome.Refused.class::isInstance);
    }

    @Test
    void anIdThatItsSenderUsesTwiceInABatchIsPostedOnce() {
        BatchPlan plan = Planner.plan(
                holding(new RoomState("4", "e", 7, 9, null)),
                List.of(post(NIK, "4", "a", "x"), post(NIK, "4", "b", "x"), post(ADA, "4", "c", "x")));

        Message first = posted(NIK, "4", 8, 10, "a");
        Message other = posted(ADA, "4", 9, 11, "c");
        assertThat(plan.outcomes())
                .containsExactly(new Outcome.Changed(first), new Outcome.Repeated(first), new Outcome.Changed(other));
        assertThat(plan.posted()).containsExactly(new Posted(first, "x"), new Posted(other, "x"));
    }

    private static BatchState holding(RoomState... rooms) {
        return new BatchState(
                Stream.of(rooms).collect(Collectors.toMap(RoomState::name, room -> room)),
                Set.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of());
    }

    /** The room was made in this transaction, for a write that may turn out not to make it. */
    private static BatchState justMade() {
        BatchState holding = holding(new RoomState("4", "e", 0, 0, null));
        return new BatchState(holding.rooms(), Set.of("4"), Map.of(), Map.of(), Map.of(), Map.of(), Map.of());
    }

    @Property(tries = 50)
    void batchesDoWhatTheirWritesWouldDoOneByOne(@ForAll long seed) {
        RandomWrites writes = new RandomWrites(Long.getLong("parley.seed", seed));
        ModelStore model = new ModelStore();
        Map<String, RoomState> rooms = new HashMap<>();
        Map<Place, Message> messages = new HashMap<>();
        for (int i = 0; i < 4; i++) {
            rooms.put("r" + i, new RoomState("r" + i, "e", 0, 0, null));
        }
        for (int batch = 0; batch < 10; batch++) {
            List<Write> next = writes.batch().stream()
                    .map(PlannerTest::withoutId)
                    .filter(write -> !(write instanceof Write.MarkRead))
                    .toList();
            for (int i = 0; i < 4; i++) {
                model.apply(new Write.OpenRoom("r" + i, Samples.AT, true));
            }
            BatchPlan plan = Planner.plan(
                    new BatchState(
                            Map.copyOf(rooms), Set.of(), Map.copyOf(messages), Map.of(), Map.of(), Map.of(), Map.of()),
                    next);
            for (int i = 0; i < next.size(); i++) {
                Outcome expected = model.apply(next.get(i));
                if (expected != null) {
                    assertThat(plan.outcomes().get(i)).isEqualTo(expected);
                }
            }
            plan.grown().forEach(room -> rooms.put(room.name(), room));
            plan.topics().forEach(room -> rooms.put(room.name(), room));
            plan.posted().forEach(posted -> messages.put(place(posted.message()), posted.message()));
            plan.changed().forEach(message -> messages.put(place(message), message));
            for (RoomState room : rooms.values()) {
                assertThat(room.seq()).isEqualTo(model.messages(room.name()).size());
                assertThat(room.change()).isEqualTo(model.log(room.name()).size());
                assertThat(room.topic()).isEqualTo(model.topic(room.name()));
                for (Message message : model.messages(room.name())) {
                    assertThat(messages).containsEntry(place(message), message);
                }
            }
        }
    }

    private static Write withoutId(Write write) {
        return write instanceof Write.Post post && Objects.nonNull(post.id())
                ? post(post.author(), post.room(), post.text())
                : write;
    }

    private static Place place(Message message) {
        return new Place(message.room(), message.seq());
    }
}

package chat.parley.server.store;

import static chat.parley.server.store.Samples.ADA;
import static chat.parley.server.store.Samples.AT;
import static chat.parley.server.store.Samples.NIK;
import static chat.parley.server.store.Samples.delete;
import static chat.parley.server.store.Samples.deleted;
import static chat.parley.server.store.Samples.edit;
import static chat.parley.server.store.Samples.edited;
import static chat.parley.server.store.Samples.guest;
import static chat.parley.server.store.Samples.one;
import static chat.parley.server.store.Samples.post;
import static chat.parley.server.store.Samples.posted;
import static chat.parley.server.store.Samples.reply;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.model.Message;
import chat.parley.model.User;
import chat.parley.server.model.Credential;
import chat.parley.server.model.Outcome;
import chat.parley.server.model.Outcome.Changed;
import chat.parley.server.model.Outcome.Refused;
import chat.parley.server.model.Outcome.Repeated;
import chat.parley.server.model.PageSize;
import chat.parley.server.model.Refusal;
import chat.parley.server.model.RoomSearch;
import chat.parley.server.model.RoomState;
import chat.parley.server.model.TokenHash;
import chat.parley.server.model.Write;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link Store} promises, on every database. */
abstract class StoreContract {
    protected Store store;

    /** Opens the database of this test; a second call opens the same one. */
    protected abstract Store open() throws Exception;

    /** Makes a new, empty database the one of this test. */
    protected abstract void makeDatabase() throws Exception;

    @BeforeEach
    void openEmpty() throws Exception {
        makeDatabase();
        store = open();
        store.apply(List.of(guest(NIK), guest(ADA)));
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void aPostOpensItsRoomAndIsItsFirstMessage() throws Exception {
        Message hello = posted(NIK, "4", 1, 1, "hello world! ");

        assertThat(one(store, post(NIK, "4", "hello world! "))).isEqualTo(new Changed(hello));
        assertThat(store.message("4", 1)).contains(hello);
        assertThat(store.room("4")).hasValueSatisfying(room -> {
            assertThat(room).isEqualTo(new RoomState("4", room.epoch(), 1, 1, null));
            assertThat(room.epoch()).hasSizeBetween(1, 20);
        });
    }

    @Test
    void aBatchIsOneDenseRunInEachRoom() throws Exception {
        List<Outcome> outcomes = store.apply(List.of(
                post(NIK, "a", "1"),
                post(ADA, "b", "1"),
                post(ADA, "a", "2"),
                post(NIK, "b", "2"),
                post(NIK, "a", "3")));

        assertThat(outcomes)
                .containsExactly(
                        new Changed(posted(NIK, "a", 1, 1, "1")),
                        new Changed(posted(ADA, "b", 1, 1, "1")),
                        new Changed(posted(ADA, "a", 2, 2, "2")),
                        new Changed(posted(NIK, "b", 2, 2, "2")),
                        new Changed(posted(NIK, "a", 3, 3, "3")));
        assertThat(store.log("a", 0, PageSize.of(10)))
                .extracting(Message::change)
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void aBatchOfMoreThanOneListOfKeysIsStoredWhole() throws Exception {
        List<Write> guests = new ArrayList<>();
        List<Write> posts = new ArrayList<>();
        List<Write> edits = new ArrayList<>();
        for (int i = 0; i < 700; i++) {
            User user = new User("many-" + i, "many", true);
            guests.add(guest(user));
            posts.add(post(user, "room-" + i, "hi", "id-" + i));
            edits.add(edit(user, "room-" + i, 1, "changed"));
        }
        store.apply(guests);
        assertThat(store.apply(posts)).allMatch(Changed.class::isInstance);
        assertThat(store.apply(posts)).allMatch(Repeated.class::isInstance);
        assertThat(store.apply(edits)).allMatch(Changed.class::isInstance);
        assertThat(store.message("room-699", 1).orElseThrow().text()).isEqualTo("changed");
    }

    @Test
    void newRoomsAndNamesAreMadeInFewStatements() throws Exception {
        List<Write> writes = new ArrayList<>();
        for (int i = 0; i < 1_100; i++) {
            writes.add(new Write.OpenSimpleGuest(new User("simple-" + i, "name-" + i, true), AT));
            writes.add(new Write.OpenRoom("room-" + i, AT, true));
        }
        assertThat(store.apply(writes)).hasSize(2_200).noneMatch(Refused.class::isInstance);
        List<Outcome> again = store.apply(writes);
        for (int i = 0; i < 1_100; i++) {
            assertThat(again.get(2 * i)).isEqualTo(new Outcome.Guest(new User("simple-" + i, "name-" + i, true)));
        }
        assertThat(one(store, new Write.OpenSimpleGuest(new User(NIK.id(), "thief", true), AT)))
                .isEqualTo(new Refused(Refusal.UNAVAILABLE));
    }

    @Test
    void theSameIdAgainIsAnsweredWithTheFirstMessageAsItNowIs() throws Exception {
        Message first = posted(NIK, "4", 1, 1, "hi");
        assertThat(one(store, post(NIK, "4", "hi", "x"))).isEqualTo(new Changed(first));
        assertThat(one(store, post(NIK, "4", "something else", "x"))).isEqualTo(new Repeated(first));

        Message second = edited(first, 2, "hi!");
        one(store, edit(NIK, "4", 1, "hi!"));
        assertThat(one(store, post(NIK, "4", "hi", "x"))).isEqualTo(new Repeated(second));

        one(store, delete(NIK, "4", 1));
        assertThat(one(store, post(NIK, "4", "hi", "x"))).isEqualTo(new Repeated(deleted(second, 3)));
        assertThat(store.room("4").orElseThrow().seq()).isEqualTo(1);
    }

    @Test
    void theSameIdTwiceInOneBatchIsStoredOnce() throws Exception {
        Message first = posted(NIK, "4", 1, 1, "hi");
        assertThat(store.apply(
                        List.of(post(NIK, "4", "hi", "x"), post(NIK, "4", "hi", "x"), post(NIK, "4", "ho", "y"))))
                .containsExactly(new Changed(first), new Repeated(first), new Changed(posted(NIK, "4", 2, 2, "ho")));
    }

    @Test
    void aBatchWithSomethingSentBeforeStoresTheRest() throws Exception {
        one(store, post(NIK, "4", "old", "x"));

        assertThat(store.apply(List.of(post(NIK, "4", "a"), post(NIK, "4", "old", "x"), post(ADA, "4", "b", "x"))))
                .containsExactly(
                        new Changed(posted(NIK, "4", 2, 2, "a")),
                        new Repeated(posted(NIK, "4", 1, 1, "old")),
                        new Changed(posted(ADA, "4", 3, 3, "b")));
    }

    @Test
    void theSameIdOfAnotherUserOrInAnotherRoomIsAnotherMessage() throws Exception {
        assertThat(store.apply(List.of(post(NIK, "4", "a", "x"), post(ADA, "4", "b", "x"), post(NIK, "5", "c", "x"))))
                .allMatch(Changed.class::isInstance);
        assertThat(one(store, post(ADA, "5", "d", "x"))).isInstanceOf(Changed.class);
    }

    @Test
    void aReplyNeedsTheMessageItAnswers() throws Exception {
        one(store, post(NIK, "4", "question"));

        assertThat(one(store, reply(ADA, "4", "answer", 1L)))
                .isEqualTo(new Changed(new Message("4", 2, 2, ADA, "answer", AT, null, false, 1L)));
        assertThat(store.apply(List.of(post(NIK, "4", "three"), reply(ADA, "4", "to three", 3L))))
                .allMatch(Changed.class::isInstance);
        assertThat(one(store, reply(ADA, "4", "answer", 5L))).isEqualTo(new Refused(Refusal.REPLY_NOT_FOUND));
        assertThat(one(store, reply(ADA, "4", "answer", 0L))).isEqualTo(new Refused(Refusal.REPLY_NOT_FOUND));
        assertThat(store.message("4", 2).orElseThrow().replyTo()).isEqualTo(1);
    }

    @Test
    void aRefusedReplyDoesNotOpenARoom() throws Exception {
        assertThat(one(store, reply(ADA, "new", "answer", 1L))).isEqualTo(new Refused(Refusal.REPLY_NOT_FOUND));
        assertThat(store.room("new")).isEmpty();
    }

    @Test
    void anEditTakesTheNextChangeAndKeepsItsPlace() throws Exception {
        one(store, post(NIK, "4", "helo"));
        one(store, post(ADA, "4", "hi"));
        Message now = edited(posted(NIK, "4", 1, 1, "helo"), 3, "hello");

        assertThat(one(store, edit(NIK, "4", 1, "hello"))).isEqualTo(new Changed(now));
        assertThat(store.message("4", 1)).contains(now);
        assertThat(store.room("4")).hasValueSatisfying(room -> {
            assertThat(room.seq()).isEqualTo(2);
            assertThat(room.change()).isEqualTo(3);
        });
    }

    @Test
    void aDeleteTakesTheTextAwayFromAllFormsOfTheMessage() throws Exception {
        one(store, post(NIK, "4", "secret"));
        one(store, edit(NIK, "4", 1, "very secret"));
        Message gone = deleted(edited(posted(NIK, "4", 1, 1, ""), 2, ""), 3);

        assertThat(one(store, delete(NIK, "4", 1))).isEqualTo(new Changed(gone));
        assertThat(store.message("4", 1)).contains(gone);
        assertThat(store.log("4", 0, PageSize.of(10)))
                .allMatch(message -> message.text().isEmpty() && message.deleted());
    }

    @Test
    void deletingTwiceChangesNothing() throws Exception {
        one(store, post(NIK, "4", "hi"));
        one(store, delete(NIK, "4", 1));

        assertThat(one(store, delete(NIK, "4", 1))).isEqualTo(new Repeated(deleted(posted(NIK, "4", 1, 1, ""), 2)));
        assertThat(store.room("4").orElseThrow().change()).isEqualTo(2);
    }

    @Test
    void whatMayNotBeEditedOrDeletedIsRefusedAndChangesNothing() throws Exception {
        store.apply(List.of(post(NIK, "4", "hi"), post(NIK, "4", "gone"), delete(NIK, "4", 2)));
        RoomState before = store.room("4").orElseThrow();

        assertThat(store.apply(List.of(
                        edit(NIK, "5", 1, "x"),
                        delete(NIK, "5", 1),
                        edit(NIK, "4", 3, "x"),
                        delete(NIK, "4", 0),
                        edit(ADA, "4", 1, "x"),
                        delete(ADA, "4", 1),
                        edit(NIK, "4", 2, "x"))))
                .containsExactly(
                        new Refused(Refusal.ROOM_NOT_FOUND),
                        new Refused(Refusal.ROOM_NOT_FOUND),
                        new Refused(Refusal.MESSAGE_NOT_FOUND),
                        new Refused(Refusal.MESSAGE_NOT_FOUND),
                        new Refused(Refusal.NOT_AUTHOR),
                        new Refused(Refusal.NOT_AUTHOR),
                        new Refused(Refusal.MESSAGE_DELETED));
        assertThat(store.room("4")).contains(before);
        assertThat(store.room("5")).isEmpty();
    }

    @Test
    void aMessageMayBePostedEditedAndDeletedInOneBatch() throws Exception {
        Message first = posted(NIK, "4", 1, 1, "a");
        assertThat(store.apply(List.of(
                        post(NIK, "4", "a"),
                        edit(NIK, "4", 1, "b"),
                        edit(NIK, "4", 1, "c"),
                        delete(NIK, "4", 1),
                        post(NIK, "4", "d"))))
                .containsExactly(
                        new Changed(first),
                        new Changed(edited(first, 2, "b")),
                        new Changed(edited(first, 3, "c")),
                        new Changed(deleted(edited(first, 3, ""), 4)),
                        new Changed(posted(NIK, "4", 2, 5, "d")));
        assertThat(store.log("4", 0, PageSize.of(10)))
                .extracting(Message::change)
                .containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(store.log("4", 0, PageSize.of(10))).extracting(Message::text).containsExactly("", "", "", "", "d");
    }

    @Test
    void aMessageIsEditedAThousandTimesAtMostAndThenStillDeleted() throws Exception {
        List<Write> edits = new ArrayList<>(List.of(post(NIK, "4", "a"), post(NIK, "4", "other")));
        for (int i = 0; i < 600; i++) {
            edits.add(edit(NIK, "4", 1, "edit " + i));
        }
        assertThat(store.apply(edits)).allMatch(Changed.class::isInstance);
        List<Outcome> outcomes = store.apply(edits.subList(2, 602));
        assertThat(outcomes.subList(0, 400)).allMatch(Changed.class::isInstance);
        assertThat(outcomes.subList(400, 600)).containsOnly(new Refused(Refusal.TOO_MANY_EDITS));
        assertThat(one(store, edit(NIK, "4", 1, "more"))).isEqualTo(new Refused(Refusal.TOO_MANY_EDITS));
        assertThat(one(store, edit(NIK, "4", 2, "more"))).isInstanceOf(Changed.class);
        assertThat(one(store, delete(NIK, "4", 1))).isInstanceOf(Changed.class);
    }

    @Test
    void theLogTellsEveryChangeAsItWas() throws Exception {
        Message first = posted(NIK, "4", 1, 1, "a");
        store.apply(
                List.of(post(NIK, "4", "a"), post(ADA, "4", "b"), edit(NIK, "4", 1, "a2"), edit(NIK, "4", 1, "a3")));

        Message second = posted(ADA, "4", 2, 2, "b");
        assertThat(store.log("4", 0, PageSize.of(10)))
                .containsExactly(first, second, edited(first, 3, "a2"), edited(first, 4, "a3"));
        assertThat(store.log("4", 1, PageSize.of(2))).containsExactly(second, edited(first, 3, "a2"));
        assertThat(store.log("4", 4, PageSize.of(10))).isEmpty();
        assertThat(store.log("nowhere", 0, PageSize.of(10))).isEmpty();
    }

    @Test
    void changedAfterTellsEachMessageOnceInOrderOfChange() throws Exception {
        Message first = posted(NIK, "4", 1, 1, "a");
        store.apply(List.of(post(NIK, "4", "a"), post(ADA, "4", "b"), post(ADA, "4", "c"), edit(NIK, "4", 1, "a2")));

        assertThat(store.changedAfter("4", 1, PageSize.of(10))).hasValueSatisfying(view -> {
            assertThat(view.state().change()).isEqualTo(4);
            assertThat(view.messages())
                    .containsExactly(posted(ADA, "4", 2, 2, "b"), posted(ADA, "4", 3, 3, "c"), edited(first, 4, "a2"));
        });
        assertThat(store.changedAfter("4", 1, PageSize.of(2)).orElseThrow().messages())
                .extracting(Message::change)
                .containsExactly(2L, 3L);
        assertThat(store.changedAfter("4", 4, PageSize.of(10)).orElseThrow().messages())
                .isEmpty();
        assertThat(store.changedAfter("nowhere", 0, PageSize.of(10))).isEmpty();
    }

    @Test
    void newestTellsTheRoomAndItsLastMessagesOldestFirst() throws Exception {
        fill("4", 10);

        assertThat(store.newest("4", PageSize.of(3))).hasValueSatisfying(view -> {
            assertThat(view.state().seq()).isEqualTo(10);
            assertThat(view.messages()).extracting(Message::seq).containsExactly(8L, 9L, 10L);
        });
        assertThat(store.newest("4", PageSize.of(0)).orElseThrow().messages()).isEmpty();
        assertThat(store.newest("nowhere", PageSize.of(3))).isEmpty();
        one(store, new Write.OpenRoom("empty", AT, true));
        assertThat(store.newest("empty", PageSize.of(3))).hasValueSatisfying(view -> {
            assertThat(view.state().seq()).isZero();
            assertThat(view.messages()).isEmpty();
        });
    }

    @Test
    void pagesAreBoundedBySeqOldestFirst() throws Exception {
        fill("4", 10);

        assertThat(seqs(null, null, 3)).containsExactly(8L, 9L, 10L);
        assertThat(seqs(8L, null, 3)).containsExactly(5L, 6L, 7L);
        assertThat(seqs(2L, null, 3)).containsExactly(1L);
        assertThat(seqs(null, 8L, 3)).containsExactly(9L, 10L);
        assertThat(seqs(null, 0L, 3)).containsExactly(1L, 2L, 3L);
        assertThat(seqs(9L, 5L, 2)).containsExactly(6L, 7L);
        assertThat(seqs(9L, 6L, 10)).containsExactly(7L, 8L);
        assertThat(seqs(3L, 5L, 10)).isEmpty();
        assertThat(store.page("nowhere", null, null, PageSize.of(3))).isEmpty();
    }

    @Test
    void aReadEndsWhereItsBytesAreUsedUpButBringsOneMessage() throws Exception {
        store.apply(List.of(
                post(NIK, "4", "12345"), post(NIK, "4", "é"), post(NIK, "4", "👩"), post(NIK, "4", "12345678901")));
        one(store, edit(NIK, "4", 1, "abcde"));

        assertThat(store.page("4", null, 0L, new PageSize(10, 7)).orElseThrow()).hasSize(2);
        assertThat(store.page("4", null, 0L, new PageSize(10, 10)).orElseThrow())
                .hasSize(2);
        assertThat(store.page("4", null, 0L, new PageSize(10, 11)).orElseThrow())
                .hasSize(3);
        assertThat(store.page("4", null, 0L, new PageSize(10, 0)).orElseThrow()).hasSize(1);
        assertThat(store.page("4", 4L, null, new PageSize(10, 6)).orElseThrow())
                .extracting(Message::seq)
                .containsExactly(2L, 3L);
        assertThat(store.newest("4", new PageSize(10, 14)).orElseThrow().messages())
                .extracting(Message::seq)
                .containsExactly(4L);
        assertThat(store.newest("4", new PageSize(10, 15)).orElseThrow().messages())
                .extracting(Message::seq)
                .containsExactly(3L, 4L);
        assertThat(store.changedAfter("4", 1, new PageSize(10, 17))
                        .orElseThrow()
                        .messages())
                .extracting(Message::change)
                .containsExactly(2L, 3L, 4L);
        assertThat(store.log("4", 0, new PageSize(10, 11)))
                .extracting(Message::change)
                .containsExactly(1L, 2L, 3L);
        assertThat(store.log("4", 0, new PageSize(10, 1))).hasSize(1);
    }

    @Test
    void aReadHoldsNoMoreThanItsBytesWhateverIsStored() throws Exception {
        List<Write> posts = new ArrayList<>();
        for (int i = 0; i < 1_500; i++) {
            posts.add(post(NIK, "4", "x".repeat(16_000)));
        }
        store.apply(posts);
        PageSize size = new PageSize(1_500, 64_000);
        for (int round = 0; round < 2; round++) {
            long before = allocated();
            assertThat(store.newest("4", size).orElseThrow().messages()).hasSize(4);
            assertThat(store.page("4", 1_400L, null, size).orElseThrow()).hasSize(4);
            assertThat(store.page("4", null, 10L, size).orElseThrow()).hasSize(4);
            assertThat(store.changedAfter("4", 10, size).orElseThrow().messages())
                    .hasSize(4);
            assertThat(store.log("4", 10, size)).hasSize(4);
            if (round == 1) {
                assertThat(allocated() - before).isLessThan(5 * 600_000L);
            }
        }
    }

    /** Bytes that this thread has allocated; the databases' drivers work on the thread that asks. */
    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    @Test
    void aPageNeverHoldsARoomsNeighbour() throws Exception {
        fill("a", 3);
        fill("b", 3);
        fill("c", 3);

        assertThat(store.page("b", null, null, PageSize.of(50)).orElseThrow())
                .hasSize(3)
                .allMatch(m -> m.room().equals("b"));
        assertThat(store.changedAfter("b", 0, PageSize.of(50)).orElseThrow().messages())
                .hasSize(3);
        assertThat(store.log("b", 0, PageSize.of(50))).hasSize(3);
    }

    @Test
    void roomsAreToldInOrderOfTheirBytes() throws Exception {
        for (String room : List.of("b", "11", "4", "a_b", "a-b", "ab", "_", "-")) {
            one(store, new Write.OpenRoom(room, AT, true));
        }
        assertThat(rooms("", 100))
                .extracting(RoomState::name)
                .containsExactly("-", "11", "4", "_", "a-b", "a_b", "ab", "b");
        assertThat(rooms("4", 2)).extracting(RoomState::name).containsExactly("_", "a-b");
        assertThat(rooms("b", 2)).isEmpty();
    }

    private List<RoomState> rooms(String after, int limit) throws StoreException {
        return store.rooms(new RoomSearch(after, "", null, limit));
    }

    @Test
    void roomsAreFoundByAPartOfTheirName() throws Exception {
        for (String room : List.of("zebra-a", "a_zebra", "axzebra", "horse")) {
            one(store, new Write.OpenRoom(room, AT, true));
        }
        assertThat(store.rooms(new RoomSearch("", "zebra", null, 9)))
                .extracting(RoomState::name)
                .containsExactly("a_zebra", "axzebra", "zebra-a");
        assertThat(store.rooms(new RoomSearch("a_zebra", "zebra", null, 1)))
                .extracting(RoomState::name)
                .containsExactly("axzebra");
        assertThat(store.rooms(new RoomSearch("", "_z", NIK.id(), 9)))
                .extracting(RoomState::name)
                .containsExactly("a_zebra");
    }

    @Test
    void roomsOfGivenNamesComeInTheOrderOfTheNames() throws Exception {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            made.add("room-" + i);
            one(store, new Write.OpenRoom("room-" + i, AT, true));
        }
        assertThat(store.rooms(List.of("room-7", "none", "room-3")))
                .extracting(RoomState::name)
                .containsExactly("room-7", "room-3");
        assertThat(store.rooms(made)).extracting(RoomState::name).isEqualTo(made);
        assertThat(store.rooms(List.of())).isEmpty();
    }

    @Test
    void whatAUserHasReadAndWhereMuchIsSaidIsRelevant() throws Exception {
        for (String room : List.of("-", "_", "quiet", "4")) {
            one(store, new Write.OpenRoom(room, AT, true));
        }
        for (int i = 0; i < 3; i++) {
            one(store, post(ADA, "busy", "hi"));
        }
        one(store, post(ADA, "read", "hi"));
        one(store, post(NIK, "nik", "hi"));
        for (int i = 0; i < 5; i++) {
            one(store, post(ADA, "-loud", "hi"));
        }
        one(store, new Write.MarkRead(NIK, "read", 1));
        assertThat(store.rooms(new RoomSearch("", "", NIK.id(), 100)))
                .extracting(RoomState::name)
                .containsExactly("read", "busy", "nik", "4", "quiet", "-loud", "-", "_");
        assertThat(store.rooms(new RoomSearch("", "", ADA.id(), 2)))
                .extracting(RoomState::name)
                .containsExactly("busy", "nik");
    }

    @Test
    void openingARoomAgainKeepsIt() throws Exception {
        one(store, post(NIK, "4", "hi"));
        RoomState room = store.room("4").orElseThrow();

        assertThat(one(store, new Write.OpenRoom("4", AT, true))).isEqualTo(new Outcome.Opened(room));
        assertThat(store.room("5")).isEmpty();
        assertThat(one(store, new Write.OpenRoom("5", AT, true)))
                .isEqualTo(new Outcome.Opened(store.room("5").orElseThrow()));
    }

    @Test
    void aRoomIsThereOnlyFromTheWriteThatOpensIt() throws Exception {
        assertThat(store.apply(
                        List.of(new Write.SetTopic("5", "early"), post(NIK, "5", "hi"), new Write.SetTopic("5", "t"))))
                .satisfiesExactly(
                        early -> assertThat(early).isEqualTo(new Refused(Refusal.ROOM_NOT_FOUND)),
                        post -> assertThat(post).isEqualTo(new Changed(posted(NIK, "5", 1, 1, "hi"))),
                        topic -> assertThat(topic)
                                .isEqualTo(new Outcome.TopicSet(store.room("5").orElseThrow())));
    }

    @Test
    void aTopicIsSetAndTakenAway() throws Exception {
        one(store, post(NIK, "4", "hi"));
        one(store, new Write.SetTopic("4", "Tea"));
        assertThat(store.room("4").orElseThrow().topic()).isEqualTo("Tea");
        assertThat(store.room("4").orElseThrow().change()).isEqualTo(1);
        one(store, new Write.SetTopic("4", null));
        assertThat(store.room("4").orElseThrow().topic()).isNull();
        assertThat(one(store, new Write.SetTopic("nowhere", "x"))).isEqualTo(new Refused(Refusal.ROOM_NOT_FOUND));
    }

    @Test
    void aReadMarkOnlyMovesForward() throws Exception {
        fill("4", 5);

        assertThat(one(store, new Write.MarkRead(NIK, "4", 3))).isEqualTo(new Outcome.ReadMarked(3, true));
        assertThat(one(store, new Write.MarkRead(NIK, "4", 2))).isEqualTo(new Outcome.ReadMarked(3, false));
        assertThat(one(store, new Write.MarkRead(NIK, "4", 3))).isEqualTo(new Outcome.ReadMarked(3, false));
        assertThat(store.apply(List.of(new Write.MarkRead(NIK, "4", 5), new Write.MarkRead(NIK, "4", 4))))
                .containsExactly(new Outcome.ReadMarked(5, true), new Outcome.ReadMarked(5, false));
        assertThat(one(store, new Write.MarkRead(NIK, "4", 6))).isEqualTo(new Refused(Refusal.READ_BEYOND_END));
        assertThat(one(store, new Write.MarkRead(NIK, "5", 1))).isEqualTo(new Refused(Refusal.ROOM_NOT_FOUND));
        one(store, post(ADA, "5", "hi"));
        one(store, new Write.MarkRead(ADA, "5", 1));
        assertThat(store.reads(NIK.id(), List.of("4", "5", "nowhere"))).containsExactlyEntriesOf(Map.of("4", 5L));
        assertThat(store.reads(NIK.id(), List.of())).isEmpty();
        assertThat(store.reads("nobody", List.of("4"))).isEmpty();
    }

    @Test
    void aTokenStandsForItsGuestInItsScope() throws Exception {
        User eve = new User("u-eve", "eve", true);
        assertThat(one(store, new Write.AddGuest(eve, new TokenHash("h1"), "4", AT)))
                .isEqualTo(new Outcome.Guest(eve));

        assertThat(store.credential(new TokenHash("h1"))).contains(new Credential(eve, "4"));
        assertThat(store.credential(new TokenHash("hash-u-nik"))).contains(new Credential(NIK, null));
        assertThat(store.credential(new TokenHash("unknown"))).isEmpty();
    }

    @Test
    void tokensThatNobodyUsesGoAndWithThemGuestsWhoNeverPosted() throws Exception {
        User lurker = new User("u-lurker", "lurker", true);
        User reader = new User("u-reader", "reader", true);
        store.apply(List.of(post(NIK, "4", "hi"), guest(lurker), guest(reader)));
        store.apply(List.of(new Write.MarkRead(lurker, "4", 1), new Write.MarkRead(reader, "4", 1)));

        maintain(29);
        assertThat(store.credential(token(lurker))).isPresent();
        assertThat(store.credential(token(reader))).isPresent();
        maintain(31);
        maintain(59);
        assertThat(store.credential(token(lurker))).as("used after 29 days").isPresent();
        assertThat(store.credential(token(ADA))).as("never posted").isEmpty();
        assertThat(store.credential(token(NIK))).as("posted").isPresent();
        assertThat(one(store, post(ADA, "4", "late"))).isEqualTo(new Refused(Refusal.UNAVAILABLE));
        assertThat(store.reads(reader.id(), List.of("4"))).isNotEmpty();

        maintain(60);
        maintain(91);
        assertThat(store.credential(token(lurker)))
                .as("last used after 60 days")
                .isEmpty();
        assertThat(store.reads(lurker.id(), List.of("4"))).isEmpty();
        maintain(151);
        assertThat(store.credential(token(NIK))).as("last used after 60 days").isEmpty();
        assertThat(store.message("4", 1).orElseThrow().author()).isEqualTo(NIK);
        assertThat(one(store, post(NIK, "4", "still there"))).isInstanceOf(Changed.class);
        one(store, guest(lurker));
        assertThat(one(store, post(lurker, "4", "anew"))).isInstanceOf(Changed.class);
    }

    @Test
    void whoeverIsConnectedIsKept() throws Exception {
        one(store, post(NIK, "4", "hi"));
        for (int day : new int[] {16, 32, 48}) {
            while (store.maintain(AT.plus(Duration.ofDays(day)), ADA.id()::equals)) {}
        }
        assertThat(one(store, post(ADA, "4", "hi"))).isInstanceOf(Changed.class);
    }

    @Test
    void manyUnusedGuestsGoInSmallSteps() throws Exception {
        List<Write> guests = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            guests.add(guest(new User("many-" + i, "many", true)));
        }
        store.apply(guests);
        int steps = 1;
        while (store.maintain(AT.plus(Duration.ofDays(40)), user -> false)) {
            steps++;
        }
        assertThat(steps).isBetween(5, 7);
        assertThat(store.credential(new TokenHash("hash-many-500"))).isEmpty();
        assertThat(store.maintain(AT.plus(Duration.ofDays(40)), user -> false)).isFalse();
    }

    private void maintain(int days) throws StoreException {
        while (store.maintain(AT.plus(Duration.ofDays(days)), user -> false)) {}
    }

    private static TokenHash token(User user) {
        return new TokenHash("hash-" + user.id());
    }

    @Test
    void guestsMayShareANameButTheSimpleApiHasOneForEach() throws Exception {
        User first = new User("s1", "Zoë", true);
        User second = new User("s2", "ZOË", true);
        one(store, guest(new User("g1", "zoë", true)));
        one(store, guest(new User("g2", "zoë", true)));

        assertThat(one(store, new Write.OpenSimpleGuest(first, AT))).isEqualTo(new Outcome.Guest(first));
        assertThat(one(store, new Write.OpenSimpleGuest(second, AT))).isEqualTo(new Outcome.Guest(first));
        User other = new User("s3", "other", true);
        assertThat(store.apply(List.of(
                        new Write.OpenSimpleGuest(other, AT),
                        new Write.OpenSimpleGuest(new User("s4", "Other", true), AT))))
                .containsExactly(new Outcome.Guest(other), new Outcome.Guest(other));
        assertThat(one(store, post(first, "lobby", "hi"))).isInstanceOf(Changed.class);
    }

    @Test
    void aGuestMayPostInTheBatchThatAddsThem() throws Exception {
        User eve = new User("u-eve", "eve", true);
        assertThat(store.apply(List.of(guest(eve), post(eve, "4", "hi"), new Write.MarkRead(eve, "4", 1))))
                .containsExactly(
                        new Outcome.Guest(eve),
                        new Changed(posted(eve, "4", 1, 1, "hi")),
                        new Outcome.ReadMarked(1, true));
    }

    @Test
    void oneWriteThatTheDatabaseRefusesDoesNotTakeTheOthersAlong() throws Exception {
        User taken = new User(NIK.id(), "thief", true);
        User nobody = new User("nobody", "nobody", true);
        assertThat(store.apply(List.of(
                        post(NIK, "4", "a", "x"),
                        new Write.AddGuest(taken, new TokenHash("h"), null, AT),
                        post(nobody, "4", "b"),
                        post(ADA, "4", "c"))))
                .containsExactly(
                        new Changed(posted(NIK, "4", 1, 1, "a")),
                        new Refused(Refusal.UNAVAILABLE),
                        new Refused(Refusal.UNAVAILABLE),
                        new Changed(posted(ADA, "4", 2, 2, "c")));
        assertThat(one(store, post(nobody, "nobodys-room", "b"))).isEqualTo(new Refused(Refusal.UNAVAILABLE));
        assertThat(store.room("nobodys-room")).isEmpty();
        assertThat(store.credential(new TokenHash("h"))).isEmpty();
    }

    @Test
    void aBatchThatChangesNothingIsFine() throws Exception {
        assertThat(store.apply(List.of())).isEmpty();
        assertThat(store.apply(List.of(new Write.MarkRead(NIK, "nowhere", 1)))).hasSize(1);
        one(store, post(NIK, "4", "hi", "x"));
        assertThat(store.apply(List.of(post(NIK, "4", "hi", "x"), new Write.OpenRoom("4", AT, true))))
                .hasSize(2);
    }

    @Test
    void textIsKeptExactly() throws Exception {
        String text = " \t'; DROP TABLE messages; -- \\ \" 👩‍👩‍👧 \u202e é e\u0301 \r\n".repeat(20);
        one(store, post(NIK, "4", text, "id '👩‍👩‍👧"));
        assertThat(store.message("4", 1).orElseThrow().text()).isEqualTo(text);
        assertThat(one(store, post(NIK, "4", text, "id '👩‍👩‍👧"))).isInstanceOf(Repeated.class);
    }

    @Test
    void whatWasStoredIsThereAfterOpeningAgain() throws Exception {
        fill("4", 3);
        one(store, edit(NIK, "4", 1, "new"));
        List<Message> before = store.log("4", 0, PageSize.of(10));
        RoomState room = store.room("4").orElseThrow();
        store.close();

        store = open();
        assertThat(store.log("4", 0, PageSize.of(10))).isEqualTo(before);
        assertThat(store.room("4")).contains(room);
        assertThat(one(store, post(NIK, "4", "next"))).isEqualTo(new Changed(posted(NIK, "4", 4, 5, "next")));
    }

    @Test
    void randomBatchesDoWhatTheSimpleModelDoes() throws Exception {
        for (long seed : new long[] {1, 20_261_122, Long.getLong("parley.seed", System.nanoTime())}) {
            closeStore();
            openEmpty();
            RandomWrites writes = new RandomWrites(seed);
            ModelStore model = new ModelStore();
            for (int batch = 0; batch < 60; batch++) {
                List<Write> next = writes.batch();
                List<Outcome> outcomes = store.apply(next);
                for (int i = 0; i < next.size(); i++) {
                    Outcome expected = model.apply(next.get(i));
                    if (expected != null) {
                        assertThat(outcomes.get(i))
                                .as("with -Dparley.seed=%d: %s", seed, next.get(i))
                                .isEqualTo(expected);
                    }
                }
            }
            for (int i = 0; i < 4; i++) {
                assertSame("with -Dparley.seed=" + seed, "r" + i, model);
            }
        }
    }

    private void assertSame(String seed, String room, ModelStore model) throws StoreException {
        List<Message> messages = model.messages(room);
        List<Message> log = model.log(room);
        assertThat(store.room(room).isPresent()).as(seed).isEqualTo(model.has(room));
        assertThat(store.page(room, null, 0L, PageSize.of(10_000)).orElse(List.of()))
                .as(seed)
                .isEqualTo(messages);
        assertThat(store.log(room, 0, PageSize.of(10_000))).as(seed).isEqualTo(log);
        for (long change = 0; change <= log.size(); change += 7) {
            long after = change;
            assertThat(store.changedAfter(room, after, PageSize.of(10_000))
                            .orElseThrow()
                            .messages())
                    .as(seed)
                    .isEqualTo(messages.stream()
                            .filter(message -> message.change() > after)
                            .sorted(Comparator.comparingLong(Message::change))
                            .toList());
            assertThat(store.log(room, after, PageSize.of(5)))
                    .as(seed)
                    .isEqualTo(log.stream().skip(after).limit(5).toList());
        }
    }

    @Test
    void aStoreThatAnswersIsReady() throws Exception {
        store.ready();
    }

    private void fill(String room, int messages) throws StoreException {
        store.apply(LongStream.rangeClosed(1, messages)
                .<Write>mapToObj(seq -> post(NIK, room, "text " + seq))
                .toList());
    }

    private List<Long> seqs(@Nullable Long before, @Nullable Long after, int limit) throws StoreException {
        return store.page("4", before, after, PageSize.of(limit)).orElseThrow().stream()
                .map(Message::seq)
                .toList();
    }
}

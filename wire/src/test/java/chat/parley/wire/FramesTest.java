package chat.parley.wire;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.model.Limits;
import chat.parley.model.Message;
import chat.parley.model.User;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FramesTest {
    @Property
    void aClientFrameIsReadAsItWasWritten(@ForAll("clientFrames") ClientFrame frame) throws InvalidInput {
        assertThat(ClientFrames.read(JsonObject.parse(ClientFrames.write(frame))))
                .isEqualTo(frame);
    }

    @Property
    void aServerFrameIsReadAsItWasWritten(@ForAll("serverFrames") ServerFrame frame) throws InvalidInput {
        assertThat(ServerFrames.read(JsonObject.parse(ServerFrames.write(frame))))
                .isEqualTo(frame);
    }

    @Property
    void noBytesBreakTheReader(@ForAll byte[] bytes) {
        try {
            ClientFrames.read(JsonObject.parse(bytes));
        } catch (InvalidInput e) {
            assertThat(e.problem().detail()).isNotBlank();
        }
    }

    @Property
    void noCutFrameIsTaken(@ForAll("clientFrames") ClientFrame frame, @ForAll int where) {
        byte[] whole = ClientFrames.write(frame);
        byte[] cut = Arrays.copyOf(whole, Math.floorMod(where, whole.length));
        assertThat(problem(new String(cut, StandardCharsets.UTF_8)).code()).isEqualTo(ProblemCode.BAD_JSON);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type':'hello'} | name",
                "{'type':'hello','name':''} | name",
                "{'type':'hello','name':7} | name",
                "{'type':'hello','token':7} | token",
                "{'type':'hello','token':'t','name':7} | name",
                "{'type':7} | type",
                "{} | type",
                "{'type':'dance'} | type",
                "{'type':'join'} | room",
                "{'type':'join','room':'No'} | room",
                "{'type':'join','room':''} | room",
                "{'type':'join','room':4} | room",
                "{'type':'join','room':'4','last':201} | last",
                "{'type':'join','room':'4','last':-1} | last",
                "{'type':'join','room':'4','last':'x'} | last",
                "{'type':'join','room':'4','last':1.5} | last",
                "{'type':'join','room':'4','after':-1} | after",
                "{'type':'join','room':'4','after':1,'limit':100000} | limit",
                "{'type':'join','room':'4','after':1,'epoch':1} | epoch",
                "{'type':'send','room':'4'} | text",
                "{'type':'send','room':'4','text':''} | text",
                "{'type':'send','room':'4','text':null} | text",
                "{'type':'send','room':'4','text':['a']} | text",
                "{'type':'send','room':'4','text':'a\\u0000b'} | text",
                "{'type':'send','room':'4','text':'\\ud800'} | text",
                "{'type':'send','room':'4','text':'a','id':''} | id",
                "{'type':'send','room':'4','text':'a','id':5} | id",
                "{'type':'send','room':'4','text':'a','replyTo':0} | replyTo",
                "{'type':'send','room':'4','text':'a','replyTo':'1'} | replyTo",
                "{'type':'edit','room':'4','seq':1} | text",
                "{'type':'edit','room':'4','text':'a'} | seq",
                "{'type':'delete','room':'4','seq':0} | seq",
                "{'type':'read','room':'4','seq':99999999999999999999} | seq",
                "{'type':'read','room':'4','seq':1000000000000000} | seq",
                "{'type':'join','room':'4','after':1000000000000000} | after",
                "{'type':'send','room':'4','text':'a','replyTo':1000000000000000} | replyTo",
                "{'type':'ping','ref':{}} | ref",
            })
    void aWrongFieldIsNamed(String frame, String field) {
        assertThat(problem(frame.replace('\'', '"')).field()).isEqualTo(field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''",
                "[]",
                "7",
                "null",
                "{",
                "{\"a\":1}x",
                "{\"a\":1,\"a\":2}",
                "{'a':1}",
                "{\"a\":01}",
                "{\"a\":1e999999}"
            })
    void whatIsNoJsonObjectIsRefused(String json) {
        assertThat(problem(json).code()).isEqualTo(ProblemCode.BAD_JSON);
    }

    @Test
    void aRefIsCountedInCodePoints() throws InvalidInput {
        String ref = "🙂".repeat(Limits.REF);
        assertThat(ClientFrames.read(JsonObject.parse("{\"type\":\"ping\",\"ref\":\"" + ref + "\"}")))
                .isEqualTo(new ClientFrame.Ping(ref));
        assertThat(problem("{\"type\":\"ping\",\"ref\":\"" + ref + "x\"}").field())
                .isEqualTo("ref");
    }

    @Test
    void jsonThatIsTooDeepIsRefused() {
        assertThat(problem("{\"a\":".repeat(100) + "1" + "}".repeat(100)).code())
                .isEqualTo(ProblemCode.BAD_JSON);
    }

    @Test
    void bytesThatAreNotUtf8AreNoText() {
        assertThat(JsonObject.decode(new byte[] {'"', (byte) 0xC3, '"'})).isNull();
        assertThat(JsonObject.decode(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80}))
                .isNull();
        assertThat(JsonObject.decode("\uFFFD".getBytes(StandardCharsets.UTF_8))).isEqualTo("\uFFFD");
    }

    @Test
    void unknownFieldsAreIgnored() throws InvalidInput {
        assertThat(ClientFrames.read(JsonObject.parse("{\"type\":\"ping\",\"extra\":[{\"deep\":null}]}")))
                .isEqualTo(new ClientFrame.Ping(null));
    }

    @Test
    void anUnknownServerFrameIsNoError() throws InvalidInput {
        assertThat(ServerFrames.read(JsonObject.parse("{\"type\":\"reaction\",\"room\":\"4\"}")))
                .isEqualTo(new ServerFrame.Unknown("reaction"));
        assertThat(new String(ServerFrames.write(new ServerFrame.Unknown("reaction")), StandardCharsets.UTF_8))
                .isEqualTo("{\"type\":\"reaction\"}");
    }

    @Test
    void charactersOfEveryPlaneAreWrittenAsThemselves() {
        byte[] frame = ClientFrames.write(new ClientFrame.Send(null, "4", "\u00e9\ud83d\udd25", null, null));
        assertThat(new String(frame, StandardCharsets.UTF_8))
                .isEqualTo("{\"type\":\"send\",\"room\":\"4\",\"text\":\"\u00e9\ud83d\udd25\"}");
    }

    private static Problem problem(String json) {
        try {
            return fail(ClientFrames.read(JsonObject.parse(json)));
        } catch (InvalidInput e) {
            return e.problem();
        }
    }

    private static Problem fail(ClientFrame taken) {
        throw new AssertionError("was taken: " + taken);
    }

    @Provide
    Arbitrary<ClientFrame> clientFrames() {
        Arbitrary<Object> refs = refs();
        Arbitrary<String> rooms = rooms();
        Arbitrary<Long> seqs = Arbitraries.longs().between(1, Limits.NUMBER);
        return Arbitraries.oneOf(
                Combinators.combine(refs, names()).as((ref, name) -> new ClientFrame.Hello(ref, null, name)),
                Combinators.combine(refs, texts()).as((ref, token) -> new ClientFrame.Hello(ref, token, null)),
                Combinators.combine(refs, rooms, Arbitraries.integers().between(0, Limits.HISTORY_MAX))
                        .as((ref, room, last) ->
                                new ClientFrame.Join(ref, room, last, null, null, Limits.RESUME_DEFAULT)),
                Combinators.combine(refs, rooms, seqs, texts())
                        .as((ref, room, after, epoch) ->
                                new ClientFrame.Join(ref, room, Limits.HISTORY_DEFAULT, after, epoch, 7)),
                Combinators.combine(refs, rooms).as(ClientFrame.Leave::new),
                Combinators.combine(refs, rooms, texts(), ids().injectNull(0.3), seqs.injectNull(0.3))
                        .as(ClientFrame.Send::new),
                Combinators.combine(refs, rooms, seqs, texts()).as(ClientFrame.Edit::new),
                Combinators.combine(refs, rooms, seqs).as(ClientFrame.Delete::new),
                Combinators.combine(refs, rooms).as(ClientFrame.Typing::new),
                Combinators.combine(refs, rooms, seqs).as(ClientFrame.Read::new),
                refs.map(ClientFrame.Ping::new));
    }

    @Provide
    Arbitrary<ServerFrame> serverFrames() {
        Arbitrary<Object> refs = refs();
        Arbitrary<String> rooms = rooms();
        Arbitrary<Long> numbers = Arbitraries.longs().greaterOrEqual(0);
        Arbitrary<Integer> counts = Arbitraries.integers().greaterOrEqual(0);
        return Arbitraries.oneOf(
                Combinators.combine(refs, users(), texts().injectNull(0.3), counts)
                        .as(ServerFrame.Welcome::new),
                Combinators.combine(
                                refs,
                                rooms,
                                texts(),
                                numbers,
                                numbers,
                                counts,
                                texts().injectNull(0.3),
                                Arbitraries.of(true, false))
                        .as(ServerFrame.Joined::new),
                messages().map(ServerFrame.Changed::new),
                Combinators.combine(rooms, numbers).as(ServerFrame.Live::new),
                Combinators.combine(refs, rooms).as(ServerFrame.Left::new),
                Combinators.combine(refs, rooms, numbers, numbers, ids().injectNull(0.3))
                        .as(ServerFrame.Sent::new),
                Combinators.combine(
                                rooms,
                                counts,
                                users().list().ofMaxSize(3),
                                users().list().ofMaxSize(3))
                        .as(ServerFrame.Presence::new),
                Combinators.combine(rooms, users()).as(ServerFrame.Typing::new),
                Combinators.combine(rooms, texts().injectNull(0.3)).as(ServerFrame.RoomChanged::new),
                Combinators.combine(rooms, numbers).as(ServerFrame.Read::new),
                refs.map(ServerFrame.Pong::new),
                Combinators.combine(refs, problems()).as(ServerFrame.Failure::new));
    }

    private static Arbitrary<Problem> problems() {
        return Combinators.combine(
                        Arbitraries.of(ProblemCode.class),
                        texts(),
                        texts().injectNull(0.3),
                        Arbitraries.integers().between(0, 60).injectNull(0.3))
                .as(Problem::new);
    }

    private static Arbitrary<Message> messages() {
        Arbitrary<Instant> times =
                Arbitraries.longs().between(0, 4_102_444_800_000L).map(Instant::ofEpochMilli);
        Arbitrary<Long> numbers = Arbitraries.longs().greaterOrEqual(1);
        return Combinators.combine(
                        rooms(),
                        Combinators.combine(numbers, numbers).as(List::of),
                        users(),
                        texts(),
                        times,
                        times.injectNull(0.5),
                        Arbitraries.of(true, false),
                        numbers.injectNull(0.5))
                .as((room, seqAndChange, author, text, at, editedAt, deleted, replyTo) -> new Message(
                        room,
                        seqAndChange.getFirst(),
                        seqAndChange.getLast(),
                        author,
                        text,
                        at,
                        editedAt,
                        deleted,
                        replyTo));
    }

    private static Arbitrary<User> users() {
        return Combinators.combine(ids(), names(), Arbitraries.of(true, false)).as(User::new);
    }

    private static Arbitrary<Object> refs() {
        return Arbitraries.oneOf(
                        Arbitraries.strings().ofMaxLength(Limits.REF).filter(FramesTest::isText),
                        Arbitraries.longs().map(Object.class::cast))
                .injectNull(0.3)
                .map(Object.class::cast);
    }

    private static Arbitrary<String> rooms() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('0', '9')
                .withChars('-', '_')
                .ofMinLength(1)
                .ofMaxLength(Limits.ROOM_NAME);
    }

    private static Arbitrary<String> names() {
        return Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(Limits.USER_NAME);
    }

    private static Arbitrary<String> ids() {
        return Arbitraries.strings().ascii().excludeChars('\0').ofMinLength(1).ofMaxLength(Limits.MESSAGE_ID);
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.strings().ofMinLength(1).ofMaxLength(50).filter(FramesTest::isText);
    }

    private static boolean isText(String text) {
        return text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}

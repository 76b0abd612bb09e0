package chat.parley.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.wire.InvalidInput;
import chat.parley.wire.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What comes out for a line logged by slf4j, in both formats. */
class LoggingTest {
    private static final String NAME = "chat.parley.test.Speaker";

    private final Logger target = Logger.getLogger(NAME);
    private final org.slf4j.Logger log = LoggerFactory.getLogger(NAME);
    private final Catcher catcher = new Catcher();

    @BeforeEach
    void listen() {
        target.setUseParentHandlers(false);
        target.addHandler(catcher);
    }

    @AfterEach
    void stopListening() {
        target.removeHandler(catcher);
    }

    @Test
    void textLinesShowTheFieldsBehindTheMessage() {
        log.atInfo().addKeyValue("room", "4").addKeyValue("reason", "two words").log("left {} times", 2);
        assertThat(line(new TextLines()))
                .isEqualTo("2026-11-22T18:40:03.120Z INFO left 2 times room=4 reason=\"two words\" logger=Speaker\n");
    }

    @Test
    void textLinesCannotBeForged() {
        log.atWarn().addKeyValue("name", "x\n2026 INFO fine\u001b[31m").log("odd\nname");
        assertThat(line(new TextLines()))
                .endsWith("WARN odd\\u000aname name=\"x\\u000a2026 INFO fine\\u001b[31m\" logger=Speaker\n");
    }

    @Test
    void jsonLinesAreObjectsWithTheFields() throws InvalidInput {
        log.atError().addKeyValue("port", 5000).addKeyValue("quote", "\"\n").log("failed");
        JsonObject line = JsonObject.parse(line(new JsonLines()).getBytes(StandardCharsets.UTF_8));
        assertThat(line.string("time")).isEqualTo("2026-11-22T18:40:03.120Z");
        assertThat(line.string("level")).isEqualTo("error");
        assertThat(line.string("message")).isEqualTo("failed");
        assertThat(line.string("quote")).isEqualTo("\"\n");
    }

    @Test
    void aStackTraceComesAlong() {
        log.error("failed", new IllegalStateException("broken"));
        assertThat(line(new TextLines()))
                .contains("IllegalStateException: broken")
                .contains("\tat ");
        assertThat(line(new JsonLines()))
                .contains("IllegalStateException: broken")
                .containsOnlyOnce("\n");
    }

    @Test
    void linesOfOtherLibrariesComeOutTheSameWay() {
        LogRecord record = new LogRecord(java.util.logging.Level.WARNING, "lost {0}");
        record.setParameters(new Object[] {"connection"});
        record.setLoggerName(NAME);
        target.log(record);
        assertThat(line(new TextLines())).contains("WARN lost connection logger=Speaker");
    }

    private String line(Formatter format) {
        catcher.caught.setInstant(Instant.parse("2026-11-22T18:40:03.120Z"));
        return format.format(catcher.caught);
    }

    private static final class Catcher extends Handler {
        private LogRecord caught = new LogRecord(java.util.logging.Level.OFF, "");

        @Override
        public void publish(LogRecord line) {
            caught = line;
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}

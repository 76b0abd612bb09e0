package chat.parley.server.transport;

import chat.parley.model.Limits;
import chat.parley.wire.Problem;
import chat.parley.wire.ProblemCode;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request's body, bounded in size and time. Lives on the event loop of its connection, and ends in just one of:
 *
 * <pre>
 *   reading ──last byte──▶ whole
 *      ├─────over 64 KiB──▶ too large
 *      ├─────10 seconds───▶ too slow
 *      └─────peer gone────▶ (nothing: there is nobody to answer)
 * </pre>
 */
final class BodyReader {
    /** A body of 64 KiB takes 10 s at 52 kbit/s: slower than any line that people chat over. */
    private static final long MOST_MILLIS = 10_000;

    private static final byte[] NONE = {};

    private final Vertx vertx;
    private final Consumer<byte[]> whole;
    private final Consumer<Problem> failed;
    private final long timer;
    private @Nullable Buffer read;
    private boolean over;

    private BodyReader(Vertx vertx, Consumer<byte[]> whole, Consumer<Problem> failed) {
        this.vertx = vertx;
        this.whole = whole;
        this.failed = failed;
        this.timer = vertx.setTimer(MOST_MILLIS, id -> end(() -> failed.accept(tooSlow())));
    }

    /**
     * Reads the body; called on the event loop in the turn in which the request came.
     *
     * @param failed gets why there is no body; what is still to come of the request was not read then
     */
    static void read(Vertx vertx, HttpServerRequest request, Consumer<byte[]> whole, Consumer<Problem> failed) {
        String length = request.getHeader("content-length");
        if (length != null && (length.length() > 9 || Long.parseLong(length) > Limits.BODY)) {
            failed.accept(tooLarge());
            return;
        }
        if (request.isEnded() || (length == null && request.getHeader("transfer-encoding") == null)) {
            whole.accept(NONE);
            return;
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader("expect"))) {
            request.response().writeContinue();
        }
        BodyReader reader = new BodyReader(vertx, whole, failed);
        request.handler(reader::add);
        request.endHandler(end -> reader.ended());
        request.exceptionHandler(gone -> reader.end(() -> {}));
    }

    private void add(Buffer chunk) {
        if (over) {
            return;
        }
        if ((read == null ? 0 : read.length()) + chunk.length() > Limits.BODY) {
            end(() -> failed.accept(tooLarge()));
            read = null;
        } else if (read == null) {
            read = chunk.copy();
        } else {
            read.appendBuffer(chunk);
        }
    }

    private void ended() {
        end(() -> whole.accept(read == null ? NONE : read.getBytes()));
    }

    private void end(Runnable last) {
        if (!over) {
            over = true;
            vertx.cancelTimer(timer);
            last.run();
        }
    }

    private static Problem tooLarge() {
        return new Problem(
                ProblemCode.TOO_LARGE, "The body must be at most %d KiB long.".formatted(Limits.BODY / 1024));
    }

    private static Problem tooSlow() {
        return new Problem(ProblemCode.TIMEOUT, "The body did not come within %d s.".formatted(MOST_MILLIS / 1000));
    }
}

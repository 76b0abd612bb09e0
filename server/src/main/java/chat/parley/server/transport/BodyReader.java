package chat.parley.server.transport;

import chat.parley.model.Limits;
import chat.parley.wire.Problem;
import chat.parley.wire.ProblemCode;
import io.netty.handler.codec.DecoderException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request's body, bounded in size and time. Lives on the event loop of its connection, and ends in just one of:
 *
 * <pre>
 *   reading ──last byte──▶ whole
 *      ├─────over 64 KiB──▶ too large
 *      ├─────no memory────▶ busy
 *      ├─────10 seconds───▶ too slow
 *      └─────peer gone────▶ (nothing: there is nobody to answer)
 * </pre>
 */
final class BodyReader {
    /** A body of 64 KiB takes 10 s at 52 kbit/s: slower than any line that people chat over. */
    private static final long MOST_MILLIS = 10_000;

    private static final byte[] NONE = {};

    private final Vertx vertx;
    private final BodyShare share;
    private final BiConsumer<byte[], BodyShare> whole;
    private final Consumer<Problem> failed;
    private final long timer;
    private @Nullable Buffer read;
    private boolean over;

    private BodyReader(Vertx vertx, BodyShare share, BiConsumer<byte[], BodyShare> whole, Consumer<Problem> failed) {
        this.vertx = vertx;
        this.share = share;
        this.whole = whole;
        this.failed = failed;
        this.timer = vertx.setTimer(MOST_MILLIS, id -> fail(tooSlow()));
    }

    /**
     * Reads the body; called on the event loop in the turn in which the request came.
     *
     * @param share grows with the body; belongs to {@code whole} once that is called, and is released otherwise
     * @param failed gets why there is no body; what is still to come of the request was not read then
     */
    static void read(
            Vertx vertx,
            HttpServerRequest request,
            BodyShare share,
            BiConsumer<byte[], BodyShare> whole,
            Consumer<Problem> failed) {
        String length = request.getHeader("content-length");
        if (length != null && isMoreThan(length, Limits.BODY)) {
            failed.accept(tooLarge());
            return;
        }
        if (request.isEnded() || (length == null && request.getHeader("transfer-encoding") == null)) {
            whole.accept(NONE, share);
            return;
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader("expect"))) {
            request.response().writeContinue();
        }
        BodyReader reader = new BodyReader(vertx, share, whole, failed);
        request.handler(reader::add);
        request.endHandler(end -> reader.ended());
        request.exceptionHandler(reader::broken);
    }

    private void add(Buffer chunk) {
        if (over) {
            return;
        }
        if ((read == null ? 0 : read.length()) + chunk.length() > Limits.BODY) {
            fail(tooLarge());
        } else if (!share.grow(chunk.length())) {
            fail(busy());
        } else if (read == null) {
            read = chunk.copy();
        } else {
            read.appendBuffer(chunk);
        }
    }

    private void ended() {
        end(() -> whole.accept(read == null ? NONE : read.getBytes(), share));
    }

    private void fail(Problem problem) {
        read = null;
        share.release();
        end(() -> failed.accept(problem));
    }

    /** The peer is gone, or sent what is no body; then it is told, before its connection is closed. */
    private void broken(Throwable cause) {
        if (cause instanceof DecoderException || cause instanceof NumberFormatException) {
            fail(new Problem(ProblemCode.INVALID, "The body's chunks are not well-formed."));
        } else {
            read = null;
            share.release();
            end(() -> {});
        }
    }

    /** Whether digits, however many, make a number over the bound; the HTTP decoder has seen that they are digits. */
    private static boolean isMoreThan(String digits, int bound) {
        String number = digits.replaceFirst("^0+(?=.)", "");
        return number.length() > 9 || Long.parseLong(number) > bound;
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

    private static Problem busy() {
        return new Problem(ProblemCode.BUSY, "The server receives too much just now; try again in a moment.", null, 1);
    }

    private static Problem tooSlow() {
        return new Problem(ProblemCode.TIMEOUT, "The body did not come within %d s.".formatted(MOST_MILLIS / 1000));
    }
}

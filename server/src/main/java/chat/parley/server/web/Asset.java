package chat.parley.server.web;

import chat.parley.server.transport.Answer;
import chat.parley.server.transport.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** One file of the web client, as it is sent. Any thread. */
final class Asset {
    /** A copy that the browser asks about each time, and gets 304 where it is still the same. */
    static final String ASK = "no-cache";

    /** For a path that names the content: it never changes, so the browser need not ask again. */
    static final String FOR_EVER = "public, max-age=31536000, immutable";

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "webmanifest", "application/manifest+json");

    private final String type;
    private final boolean compressible;
    private final String etag;
    private final byte[] content;
    private volatile byte @Nullable [] gzipped;

    /** @param name the file's name; its ending tells the type */
    Asset(String name, byte[] content) {
        this.type = type(name);
        this.compressible = !type.equals("image/png");
        this.content = content;
        this.etag = '"' + digest(content) + '"';
    }

    private static String type(String name) {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null) {
            throw new IllegalArgumentException("no media type is known for " + name);
        }
        return type;
    }

    /** The beginning of the content's SHA-256, in hexadecimal. */
    static String digest(byte[]... contents) {
        MessageDigest sha = sha256();
        Arrays.stream(contents).forEach(sha::update);
        return HexFormat.of().formatHex(sha.digest(), 0, 10);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Names the content. */
    String etag() {
        return etag;
    }

    byte[] content() {
        return content;
    }

    /**
     * The file for one request: whole, compressed where the browser can read that and the file is not compressed by its nature,
     * or 304 where the browser has it already.
     */
    Answer answer(Request request, String caching) {
        boolean gzip = compressible && accepts(request.header("accept-encoding"));
        String tag = gzip ? etag.substring(0, etag.length() - 1) + "-gz\"" : etag;
        if (has(request.header("if-none-match"), tag)) {
            return dressed(Answer.empty(304), tag, caching);
        }
        Answer whole = dressed(Answer.of(200, type, gzip ? gzipped() : content), tag, caching);
        return gzip ? whole.with("content-encoding", "gzip") : whole;
    }

    private static Answer dressed(Answer answer, String tag, String caching) {
        return answer.with("etag", tag).with("cache-control", caching).with("vary", "accept-encoding");
    }

    /** Whether the header lists gzip and does not refuse it with {@code q=0}. */
    private static boolean accepts(@Nullable String acceptEncoding) {
        return acceptEncoding != null
                && Arrays.stream(acceptEncoding.toLowerCase(Locale.ROOT).split(","))
                        .map(coding -> coding.replace(" ", ""))
                        .anyMatch(coding -> coding.equals("gzip")
                                || (coding.startsWith("gzip;") && !coding.matches("gzip;q=0(\\.0*)?")));
    }

    private static boolean has(@Nullable String ifNoneMatch, String tag) {
        return ifNoneMatch != null
                && Arrays.stream(ifNoneMatch.split(","))
                        .map(String::strip)
                        .map(known -> known.startsWith("W/") ? known.substring(2) : known)
                        .anyMatch(tag::equals);
    }

    /** Compressed on the first request for it, then kept: a start should not wait for files that nobody asks for. */
    private byte[] gzipped() {
        byte[] done = gzipped;
        if (done == null) {
            done = compress(content);
            gzipped = done;
        }
        return done;
    }

    private static byte[] compress(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.length / 2 + 64);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        }) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}

package chat.parley.terminal;

import chat.parley.model.Limits;
import java.util.ArrayList;
import java.util.List;

/** Cuts a line into messages. */
final class LongLine {
    private LongLine() {}

    /** The line in pieces of at most 4,000 code points, cut at a blank where there is one near; none for an empty line. */
    static List<String> pieces(String line) {
        List<String> pieces = new ArrayList<>();
        String rest = line;
        while (rest.codePointCount(0, rest.length()) > Limits.TEXT) {
            int most = rest.offsetByCodePoints(0, Limits.TEXT);
            int blank = rest.lastIndexOf(' ', most - 1);
            int cut = blank > most / 2 ? blank + 1 : most;
            pieces.add(rest.substring(0, cut));
            rest = rest.substring(cut);
        }
        if (!rest.isEmpty()) {
            pieces.add(rest);
        }
        return pieces;
    }
}

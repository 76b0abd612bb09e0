package chat.parley.server.store;

import chat.parley.model.Message;
import chat.parley.server.model.PageSize;
import chat.parley.server.model.Utf8;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Messages that are read until their bounds are reached. Used by one thread. */
final class Page {
    private final String room;
    private final PageSize size;
    private final List<Message> messages = new ArrayList<>();
    private long bytes;

    Page(String room, PageSize size) {
        this.room = room;
        this.size = size;
    }

    /** Takes the row's message, from this column on, if it still has room for it; if not, the page is whole. */
    boolean takes(ResultSet row, int first) throws SQLException {
        if (messages.size() >= size.messages()) {
            return false;
        }
        Message message = Rows.message(row, first, room);
        bytes += Utf8.length(message.text());
        if (bytes > size.bytes() && !messages.isEmpty()) {
            return false;
        }
        messages.add(message);
        return true;
    }

    List<Message> messages() {
        return messages;
    }
}

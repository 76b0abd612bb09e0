package chat.parley.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.CDPSession;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A page that is open for weeks needs no more memory than one that was opened a minute ago. */
class MemoryTest {
    private static final int MESSAGES = Integer.getInteger("parley.memory.messages", 10_000);
    private static final int KIB = 1_024;

    @RegisterExtension
    static final Visitors visitors = new Visitors();

    /** What a page takes once all that nobody needs is gone; the heap in bytes, and elements and texts, on the page or not. */
    private record Memory(long heap, long nodes) {}

    @Test
    void messagesThatPassThroughLeaveTheMemoryAsItWas() {
        Person ada = visitors.person();
        Feed feed = Feed.of(ada.page());
        ada.arrives("ada", "busy");
        CDPSession browser = ada.page().context().newCDPSession(ada.page());
        feed.says("busy", 1, 1_000);
        ada.sees("message 1000.");
        Memory before = memory(browser);
        feed.says("busy", 1_001, 1_000 + MESSAGES);
        ada.sees("message " + (1_000 + MESSAGES) + ".");
        Memory after = memory(browser);
        String figures = "%,d messages: %,d KiB and %,d nodes before, %,d KiB and %,d nodes after"
                .formatted(MESSAGES, before.heap / KIB, before.nodes, after.heap / KIB, after.nodes);
        if (MESSAGES > 10_000) {
            System.out.println(figures);
        }
        assertThat(after.nodes - before.nodes).as("more nodes; " + figures).isLessThan(2_000);
        assertThat((after.heap - before.heap) / KIB).as("more KiB; " + figures).isLessThan(2_048);
    }

    private static Memory memory(CDPSession browser) {
        // What one round lets go may hold something back until the next.
        for (int round = 0; round < 4; round++) {
            browser.send("HeapProfiler.collectGarbage");
        }
        return new Memory(
                browser.send("Runtime.getHeapUsage").get("usedSize").getAsLong(),
                browser.send("Memory.getDOMCounters").get("nodes").getAsLong());
    }

    /** Says to a page what the server never said, as fast as the page can draw it. */
    private record Feed(com.microsoft.playwright.Page page) {
        static Feed of(com.microsoft.playwright.Page page) {
            page.addInitScript("""
                    const Socket = window.WebSocket;
                    window.WebSocket = class extends Socket {
                        constructor(url) {
                            super(url);
                            window.socket = this;
                        }
                        send(frame) {
                            // The server would not know what was read.
                            if (!frame.includes('"read"')) {
                                super.send(frame);
                            }
                        }
                    };""");
            return new Feed(page);
        }

        void says(String room, int first, int last) {
            page.evaluate("""
                    async ([room, first, last]) => {
                        for (let seq = first; seq <= last; seq++) {
                            window.socket.onmessage({data: JSON.stringify({
                                type: 'message', room, seq, change: seq, text: `message ${seq}. with *words* and \\`code\\``,
                                author: {id: `user-${seq % 7}`, name: `user ${seq % 7}`, guest: true},
                                at: '2026-11-22T12:00:00.000Z', editedAt: null, deleted: false,
                                replyTo: seq % 10 === 0 ? seq - 3 : null,
                            })});
                            if (seq % 40 === 0) {
                                await new Promise(requestAnimationFrame);
                            }
                        }
                    }""", List.of(room, first, last));
        }
    }
}

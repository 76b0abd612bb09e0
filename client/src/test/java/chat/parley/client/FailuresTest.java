package chat.parley.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Filter;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FailuresTest {
    private final Logger logger = Logger.getLogger("chat.parley.client");
    private final List<Throwable> logged = new ArrayList<>();
    private Filter before;

    @BeforeEach
    void listen() {
        before = logger.getFilter();
        logger.setFilter(entry -> {
            logged.add(entry.getThrown());
            return false;
        });
    }

    @AfterEach
    void leave() {
        logger.setFilter(before);
    }

    @Test
    void whatAHandlerTakesIsNotLogged() {
        List<Throwable> handled = new ArrayList<>();
        Throwable failure = new IllegalStateException("bad");

        new Failures(handled::add).accept(failure);

        assertThat(handled).containsExactly(failure);
        assertThat(logged).isEmpty();
    }

    @Test
    void whatAHandlerThrowsIsLoggedWithWhatItWasToldOf() {
        Throwable failure = new IllegalStateException("bad");
        Error worse = new AssertionError("worse");

        new Failures(told -> {
                    throw worse;
                })
                .accept(failure);

        assertThat(logged).containsExactly(worse);
        assertThat(worse).hasSuppressedException(failure);
    }
}

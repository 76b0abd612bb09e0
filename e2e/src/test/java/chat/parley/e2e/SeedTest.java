package chat.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A failure by chance can be had again. */
class SeedTest {
    private static final String PROPERTY = "parley.seed";

    @Test
    void aFailureNamesTheSeedThatReplaysIt() throws Exception {
        String given = System.getProperty(PROPERTY);
        System.clearProperty(PROPERTY);
        try {
            List<Long> drawn = new ArrayList<>();
            Throwable failure = catchThrowable(() -> Seed.with(random -> {
                drawn.add(random.nextLong());
                throw new IOException("the line broke");
            }));
            assertThat(failure).isInstanceOf(AssertionError.class).hasMessageContaining("the line broke");
            Matcher seed = Pattern.compile("-Dparley\\.seed=(-?\\d+)").matcher(String.valueOf(failure.getMessage()));
            assertThat(seed.find()).isTrue();

            System.setProperty(PROPERTY, seed.group(1));
            Seed.with(random -> drawn.add(random.nextLong()));
            assertThat(drawn.get(1)).isEqualTo(drawn.get(0));
        } finally {
            if (given == null) {
                System.clearProperty(PROPERTY);
            } else {
                System.setProperty(PROPERTY, given);
            }
        }
    }
}

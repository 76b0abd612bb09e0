package chat.parley.e2e.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A reader on a slow line is not a dead one: it is not cut off as long as it takes something. */
class SlowLineTest {
    @Test
    @EnabledIfSystemProperty(named = "parley.hostile.minutes", matches = ".+", disabledReason = "takes 100 seconds")
    void aReaderAtTwoToSixKilobytesASecondIsNotCutOff() throws Exception {
        try (Target target = Target.start();
                Crowd crowd = new Crowd()) {
            target.fill("long", 200, Texts.LONGEST_IN_UTF_8);
            List<Visitor> slow = new ArrayList<>();
            for (int kilobytes = 2; kilobytes <= 6; kilobytes++) {
                slow.add(crowd.with(Visitor.guest(target, "slow"))
                        .joinsAndNeverReads("long")
                        .reads(kilobytes * 1_000));
            }
            Thread.sleep(Duration.ofSeconds(100));
            assertThat(slow).allSatisfy(visitor -> {
                assertThat(visitor.line().ended()).isFalse();
                assertThat(visitor.line().received()).isGreaterThan(100_000);
            });
            crowd.goesHome();
            target.survives();
        }
    }
}

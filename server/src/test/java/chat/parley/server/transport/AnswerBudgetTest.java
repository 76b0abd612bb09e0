package chat.parley.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import chat.parley.wire.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Memory for answers is given to whoever asks first, in shares, and those who ask for little don't wait for others. */
class AnswerBudgetTest {
    @Test
    void whoFindsNoRoomIsToldToComeAgain() throws Exception {
        AnswerBudget budget = new AnswerBudget(16 << 20);
        AnswerBudget.Share first = budget.share("192.0.2.1");
        first.grow(12 << 20);

        InvalidInput refusal = catchThrowableOfType(
                InvalidInput.class, () -> budget.share("192.0.2.2").grow(4 << 20));

        assertThat(refusal.problem().retryAfter()).isPositive();
        assertThat(budget.refused()).isEqualTo(1);
        budget.share("192.0.2.2").grow(64 << 10);
        first.release();
        budget.share("192.0.2.2").grow(4 << 20);
    }

    @Test
    void theLargestAnswerBesideAllSmallOnesStaysWithinTheSmallestBudget() throws Exception {
        AnswerBudget budget = new AnswerBudget(0);
        budget.share("192.0.2.1").grow(8 << 20);
        for (int i = 2; i < 18; i++) {
            budget.share("192.0.2." + i).grow(AnswerBudget.SMALL);
        }

        assertThat(budget.reserved()).isEqualTo(12 << 20);
        assertThat(catchThrowable(() -> budget.share("192.0.2.18").grow(AnswerBudget.SMALL)))
                .isInstanceOf(InvalidInput.class);
    }

    @Test
    void oneAddressLeavesRoomForOthers() throws Exception {
        AnswerBudget budget = new AnswerBudget(64 << 20);
        List<AnswerBudget.Share> taken = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            AnswerBudget.Share share = budget.share("192.0.2.1");
            share.grow(4 << 20);
            taken.add(share);
        }
        assertThat(catchThrowable(() -> budget.share("192.0.2.1").grow(4 << 20)))
                .isInstanceOf(InvalidInput.class);

        budget.share("192.0.2.2").grow(4 << 20);
        taken.forEach(AnswerBudget.Share::release);
        assertThat(budget.reserved()).isEqualTo(4 << 20);
    }
}

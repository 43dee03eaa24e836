package dev.penstock.engine.errors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.engine.record.TestSeed;
import org.junit.jupiter.api.Test;

class SizeBudgetTest {

    @Test
    void shouldGiveWhatIsThereAndNoMore() {
        SizeBudget budget = new SizeBudget(10);

        assertThat(budget.take(11)).isFalse();
        assertThat(budget.take(10)).isTrue();
        assertThat(budget.take(1)).isFalse();
        assertThat(budget.take(0)).isTrue();
    }

    @Test
    void shouldGiveOneTextAnEighth() {
        SizeBudget budget = new SizeBudget(800);

        assertThat(budget.text("x".repeat(1_000), 0, 1_000)).hasSize(100);
        assertThat(budget.text("x".repeat(100), 0, 1_000)).hasSize(100);
        assertThat(budget.text("\"".repeat(100), 0, 1_000)).hasSize(50);
    }

    @Test
    void shouldGiveATextWhatWasReservedForItInAnyCase() {
        SizeBudget budget = new SizeBudget(8);
        budget.reserve(9);

        assertThat(budget.take(1)).isFalse();
        assertThat(budget.text("abcdef", 4, 5)).isEqualTo("abcd");
        assertThat(budget.text("abcdef", 9, 5)).isEqualTo("abcde");
        assertThat(budget.text("\u00e9\u00e9\u00e9", 5, 5)).isEqualTo("\u00e9\u00e9");
        assertThat(budget.text("", 4, 5)).isEmpty();
        assertThat(budget.take(0)).isTrue();
    }

    @Test
    void shouldTakeOnlyWhatATextNeedsBeyondItsReserve() {
        SizeBudget budget = new SizeBudget(800);
        budget.text("x".repeat(50), 60, 1_000);
        budget.text("x".repeat(100), 60, 1_000);

        assertThat(budget.take(761)).isFalse();
        assertThat(budget.take(760)).isTrue();
    }

    @Test
    void shouldNotCutACharacterInTwo() {
        assertThat(SizeBudget.beginning("ab\uD83D\uDE00", 3)).isEqualTo("ab");
        assertThat(SizeBudget.beginning("ab\uD83D\uDE00", 4)).isEqualTo("ab\uD83D\uDE00");
        assertThat(SizeBudget.beginning("ab\uD83Dc", 3)).isEqualTo("ab\uD83D");
        assertThat(SizeBudget.beginning("abc", 0)).isEmpty();
    }

    @Test
    void shouldNeverCountLessThanJsonTakes() {
        ObjectMapper json = new ObjectMapper();
        TestSeed.run(random -> {
            for (int i = 0; i < 2_000; i++) {
                StringBuilder text = new StringBuilder();
                for (int c = random.nextInt(50); c > 0; c--) {
                    text.appendCodePoint(random.nextInt(3) == 0 ? random.nextInt(0x80) : random.nextInt(0xD800));
                }
                int written = json.writeValueAsBytes(text.toString()).length - 2;
                assertThat(SizeBudget.bytes(text.toString())).isGreaterThanOrEqualTo(written);
            }
        });
    }
}

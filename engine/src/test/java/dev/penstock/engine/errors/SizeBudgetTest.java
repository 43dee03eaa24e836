package dev.penstock.engine.errors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.engine.record.TestSeed;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
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
    void shouldSetAsideWhatThereIs() {
        SizeBudget budget = new SizeBudget(10);

        assertThat(budget.reserve(4)).isEqualTo(4);
        assertThat(budget.reserve(7)).isEqualTo(6);
        assertThat(budget.reserve(1)).isZero();
    }

    @Test
    void shouldTellHowManyPartsThereIsRoomForButOneAtLeast() {
        SizeBudget budget = new SizeBudget(100);

        assertThat(budget.roomFor(50)).isEqualTo(2);
        assertThat(budget.roomFor(51)).isEqualTo(1);
        assertThat(budget.roomFor(101)).isEqualTo(1);
        assertThat(new SizeBudget(Long.MAX_VALUE).roomFor(1)).isEqualTo(Integer.MAX_VALUE);
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

    @Test
    void shouldNeverCountLessThanAnyPlainJsonTakes() throws JsonProcessingException {
        ObjectMapper json = new ObjectMapper().enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);
        for (Object value : List.of(
                "\u0001\"x",
                true,
                Long.MIN_VALUE,
                -Double.MIN_VALUE,
                BigInteger.TEN.pow(300).negate(),
                new BigDecimal("-1E+300"),
                new BigDecimal("-1E-300"),
                List.of(),
                Map.of(),
                List.of(List.of(1, "a"), false),
                Map.of("a", Map.of("\u00e9", List.of(1.5, "b"))))) {
            assertThat(SizeBudget.bytesOfJson(value))
                    .as("%s", value)
                    .isGreaterThanOrEqualTo(json.writeValueAsBytes(value).length);
        }
    }
}

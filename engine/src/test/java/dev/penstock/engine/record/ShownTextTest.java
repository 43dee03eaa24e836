package dev.penstock.engine.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownTextTest {

    @Test
    void shouldStayOnItsLine() {
        assertThat(ShownText.of("a\r\nWARN \u001b[0mb\u0085c\u2028d\u2029e\u0000\u007f", 100))
                .isEqualTo("aWARN [0mbcde");
        assertThat(ShownText.of("\n\t", 100)).isEmpty();
    }

    @Test
    void shouldLeaveOtherTextAlone() {
        String text = "caf\u00e9 \"\u6f22\" \ud83d\ude00 {0} %s";

        assertThat(ShownText.of(text, 100)).isEqualTo(text);
        assertThat(ShownText.of("", 100)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"3,3", "4,4", "5,4", "100,4"})
    void shouldBoundIt(int length, int kept) {
        assertThat(ShownText.of("x".repeat(length), 4)).isEqualTo("x".repeat(kept));
        assertThat(ShownText.of("\n".repeat(10) + "x".repeat(length), 4)).hasSize(kept);
    }

    @Test
    void shouldNotCutACharacterInTwo() {
        assertThat(ShownText.of("abc\ud83d\ude00", 4)).isEqualTo("abc");
        assertThat(ShownText.of("abc\ud83d\ude00", 5)).isEqualTo("abc\ud83d\ude00");
    }

    @Test
    void shouldShowWhatAnExceptionSays() {
        assertThat(ShownText.of(new IOException("broken\npipe"))).isEqualTo("java.io.IOException: brokenpipe");
        assertThat(ShownText.of(new IOException("x".repeat(1_000)))).hasSize(300);
    }

    @Test
    void shouldShowTheClassOfAnExceptionThatCannotSpeak() {
        Throwable mute = new Mute();

        assertThat(ShownText.of(mute)).isEqualTo(Mute.class.getName());
    }

    private static final class Mute extends Exception {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new StackOverflowError();
        }
    }
}

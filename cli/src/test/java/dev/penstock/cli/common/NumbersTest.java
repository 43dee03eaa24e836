package dev.penstock.cli.common;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

    @ParameterizedTest
    @CsvSource({"0, 0 ns", "999, 999 ns", "1000, 1.00 us", "24100, 24.1 us", "3200000, 3.20 ms", "61000000000, 61.0 s"})
    void shouldChooseTheUnitThatSuitsATime(long nanos, String text) {
        assertThat(Numbers.time(nanos)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0:00", "7900000000, 0:07", "3753000000000, 1:02:33"})
    void shouldShowTimeLeftAsAClock(long nanos, String text) {
        assertThat(Numbers.clock(nanos)).isEqualTo(text);
    }

    @Test
    void shouldSeparateThousandsAndAlign() {
        assertThat(Numbers.count(27_367)).isEqualTo("27,367");
        assertThat(Numbers.count(27_367, 8)).isEqualTo("  27,367");
        assertThat(Numbers.perSecond(5, 0)).isZero();
        assertThat(Numbers.percent(0, 0)).isEqualTo("0.0%");
        assertThat(Bar.of(1, 1_000_000, 40)).isEqualTo(".");
        assertThat(Bar.progress(1, 2, 10)).isEqualTo("[#####-----]");
    }
}

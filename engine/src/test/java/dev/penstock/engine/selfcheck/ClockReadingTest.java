package dev.penstock.engine.selfcheck;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockReadingTest {

    @ParameterizedTest
    @CsvSource({
        // sent, answered, server (cut to the second), ahead
        "10000, 10200, 10000, 0",
        "10000, 10200,  9000, 1", // the server may have meant 9,999
        "10999, 11200, 10000, 0",
        "11000, 11200, 10000, 1",
        "10000, 10200, 11000, -800",
        "10000, 11000, 11000, 0",
        "10000, 10999, 11000, -1",
        "10000, 40000, 30000, 0", // a slow answer explains it
        "70000, 70200, 10000, 59001"
    })
    void shouldSayNoMoreThanIsCertain(long sentMs, long answeredMs, long serverMs, long aheadMs) {
        assertThat(new ClockReading(sentMs, answeredMs, serverMs).aheadMs()).isEqualTo(aheadMs);
    }
}

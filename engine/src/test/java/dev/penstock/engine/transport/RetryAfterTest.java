package dev.penstock.engine.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {

    // Whole seconds or an HTTP date; zero, negative or unreadable values are ignored.
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-02-11T09:30:00.250Z"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3                               | 3000",
                "' 3 '                           | 3000",
                "030                             | 30000",
                "29                              | 29000",
                "299                             | 299000",
                "300                             | 300000",
                "301                             | 300000",
                "99999999999999999999999         | 300000",
                "Wed, 11 Feb 2026 09:30:10 GMT   | 9750",
                "Wednesday, 11-Feb-26 09:30:10 GMT | 9750",
                "Wed Feb 11 09:30:10 2026        | 9750",
                "Wed, 11 Feb 2026 09:35:00 GMT   | 299750",
                "Wed, 11 Feb 2026 09:35:01 GMT   | 300000",
                "Sun Mar  1 00:00:00 2026        | 300000",
                "Wed, 11 Feb 2026 10:30:10 GMT   | 300000",
                "Fri, 31 Dec 9999 23:59:59 GMT   | 300000",
            })
    void shouldReadSecondsAndDates(String value, long expectedMs) {
        assertThat(RetryAfter.parseMs(value, CLOCK, RetryAfter.MAX_MS)).isEqualTo(expectedMs);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "null",
                "''",
                "'  '",
                "0",
                "-5",
                "+5",
                "1.5",
                "3s",
                "soon",
                "Wed, 11 Feb 2026 09:30:00 GMT",
                "Mon, 11 Feb 1901 09:30:00 GMT",
                "Wed, 99 Feb 2026 09:30:10 GMT",
                "2026-02-11T09:30:10Z",
            })
    void shouldIgnoreWhatIsZeroPastOrUnreadable(String value) {
        assertThat(RetryAfter.parseMs(value, CLOCK, RetryAfter.MAX_MS)).isZero();
    }

    @Test
    void shouldIgnoreAValueOfUnreasonableLength() {
        assertThat(RetryAfter.parseMs("1".repeat(65), CLOCK, RetryAfter.MAX_MS)).isZero();
    }
}

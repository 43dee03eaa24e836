package dev.penstock.engine.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.CaptureResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResultCountersTest {

    private final ResultCounters counters = new ResultCounters(4);

    @ParameterizedTest
    @EnumSource
    void shouldCountEachAnswerOnItsOwn(CaptureResult result) {
        counters.count(result, 0);
        counters.count(result, 3);

        assertThat(counters.count(result)).isEqualTo(2);
        counters.results().forEach((other, count) -> assertThat(count).isEqualTo(other == result ? 2 : 0));
        assertThat(counters.results()).hasSameSizeAs(CaptureResult.values());
    }

    @Test
    void shouldCountValuesAndPersonlessEvents() {
        counters.countValueReplaced(1);
        counters.countPersonless(1);
        counters.countPersonless(2);

        assertThat(counters.valuesReplaced()).isEqualTo(1);
        assertThat(counters.personless()).isEqualTo(2);
    }
}

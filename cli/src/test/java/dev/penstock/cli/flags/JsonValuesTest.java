package dev.penstock.cli.flags;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonValuesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | 1.0 | true",
                "1 | 1.0000001 | false",
                "9007199254740993 | 9007199254740992.0 | false",
                "123456789012345678901 | 123456789012345678901 | true",
                "1e999 | 1e998 | true", // both beyond what can be told apart
                "1e999 | 1 | false",
                "0.0 | -0.0 | true",
                "[1,[2]] | [1.0,[2]] | true",
                "[1] | [1,1] | false",
                "[1,2] | [2,1] | false",
                "{\"a\":1,\"b\":null} | {\"b\":null,\"a\":1.0} | true",
                "{\"a\":null} | {\"b\":null} | false",
                "{\"a\":null} | {} | false",
                "true | \"true\" | false",
                "null | false | false",
                "null | null | true",
            })
    void shouldCompareAsJson(String one, String other, boolean same) {
        assertThat(JsonValues.same(JsonValues.typed(one), JsonValues.typed(other)))
                .isEqualTo(same);
        assertThat(JsonValues.same(JsonValues.typed(other), JsonValues.typed(one)))
                .isEqualTo(same);
    }
}

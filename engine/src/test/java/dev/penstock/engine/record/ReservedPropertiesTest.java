package dev.penstock.engine.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReservedPropertiesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$exception_list",
                "$exception_level",
                "$exception_source",
                "$exception_fingerprint",
                "$debug_images",
                "$exception_handled",
                "$exception_types",
                "$exception_values",
                "$exception_sources",
                "$exception_functions",
                "$exception_issue_id",
                "$exception_fingerprint_version",
                "$exception_fingerprint_record",
                "$exception_release",
                "$cymbal_errors"
            })
    void shouldReserveWhatIsErrorTrackingsOwn(String name) {
        assertThat(ReservedProperties.contains(name)).isTrue();
        assertThat(ReservedProperties.contains(name + "_")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "handled", "$groups", "$session_id", "$exception_steps", "$EXCEPTION_LIST"})
    void shouldReserveNothingElse(String name) {
        assertThat(ReservedProperties.contains(name)).isFalse();
    }
}

package dev.penstock.engine.flags.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.client.flags.FlagValue;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class AnswerReaderTest {

    @Test
    void shouldReadEverythingOfTheNewerForm() throws IOException {
        RemoteAnswer answer = read("""
                {"flags": {
                    "new-checkout": {"key": "new-checkout", "enabled": true, "variant": "compact",
                      "reason": {"code": "condition_match", "condition_index": 1, "description": "Matched condition set 2"},
                      "metadata": {"id": 31, "version": 4, "description": null, "payload": "{\\"columns\\": 2}",
                        "has_experiment": false}},
                    "old-banner": {"key": "old-banner", "enabled": false, "variant": null,
                      "reason": {"code": "out_of_rollout_bound"},
                      "metadata": {"id": 8, "version": 2, "payload": null}},
                    "bare": {"enabled": true}},
                 "errorsWhileComputingFlags": false, "requestId": "0f6d2f4e", "evaluatedAt": 1767225600000,
                 "minimalFlagCalledEvents": true, "unknown": [1]}""");

        assertThat(answer.flags().get("new-checkout"))
                .isEqualTo(new RemoteFlag(
                        "new-checkout",
                        FlagValue.variant("compact"),
                        "{\"columns\": 2}",
                        "Matched condition set 2",
                        OptionalLong.of(31),
                        OptionalInt.of(4),
                        Optional.of(false)));
        assertThat(answer.flags().get("old-banner"))
                .isEqualTo(new RemoteFlag(
                        "old-banner",
                        FlagValue.FALSE,
                        null,
                        "out_of_rollout_bound",
                        OptionalLong.of(8),
                        OptionalInt.of(2),
                        Optional.empty()));
        assertThat(answer.flags().get("bare")).isEqualTo(RemoteFlag.bare("bare", FlagValue.TRUE, null));
        assertThat(answer.flags().keySet()).containsExactly("new-checkout", "old-banner", "bare");
        assertThat(answer.requestId()).isEqualTo("0f6d2f4e");
        assertThat(answer.evaluatedAtMs()).isEqualTo(1_767_225_600_000L);
        assertThat(answer.minimalUsageEvents()).isTrue();
        assertThat(answer.error()).isNull();
        assertThat(answer.isComplete()).isTrue();
    }

    @Test
    void shouldReadTheOlderForm() throws IOException {
        RemoteAnswer answer = read("""
                {"featureFlags": {"on": true, "off": false, "test": "b", "odd": 5, "empty": ""},
                 "featureFlagPayloads": {"test": "{\\"a\\": 1}", "on": {"b": [2]}, "off": null},
                 "errorsWhileComputingFlags": false}""");

        assertThat(answer.flags().values())
                .containsExactly(
                        RemoteFlag.bare("on", FlagValue.TRUE, "{\"b\":[2]}"),
                        RemoteFlag.bare("off", FlagValue.FALSE, null),
                        RemoteFlag.bare("test", FlagValue.variant("b"), "{\"a\": 1}"));
        assertThat(answer.isComplete()).isTrue();
        assertThat(answer.evaluatedAtMs()).isZero();
    }

    @Test
    void shouldPreferTheNewerForm() throws IOException {
        RemoteAnswer answer = read("{\"featureFlags\":{\"a\":true,\"b\":true},\"flags\":{\"a\":{\"enabled\":false}}}");

        assertThat(answer.flags().values()).containsExactly(RemoteFlag.bare("a", FlagValue.FALSE, null));
    }

    @Test
    void shouldLeaveOutOnlyTheFlagsThatMakeNoSense() throws IOException {
        RemoteAnswer answer = read("""
                {"flags": {"number": 5, "null": null, "list": [], "none": {}, "text": {"enabled": "true"},
                  "ok": {"enabled": true, "variant": 7, "reason": "text", "metadata": []},
                  "empty": {"enabled": true, "variant": ""},
                  "off": {"enabled": false, "variant": "b"},
                  "odd": {"enabled": true, "reason": {"description": ""}, "metadata":
                    {"id": 1.5, "version": 99999999999, "has_experiment": "true", "payload": 7}}}}""");

        assertThat(answer.flags().values())
                .containsExactly(
                        RemoteFlag.bare("ok", FlagValue.TRUE, null),
                        RemoteFlag.bare("empty", FlagValue.TRUE, null),
                        RemoteFlag.bare("off", FlagValue.FALSE, null),
                        RemoteFlag.bare("odd", FlagValue.TRUE, "7"));
    }

    @Test
    void shouldIgnoreFlagsWhenTheQuotaIsUsedUp() throws IOException {
        String body = "{\"flags\":{\"a\":{\"enabled\":true}},\"requestId\":\"r\",\"quotaLimited\":[\"recordings\"%s]}";
        RemoteAnswer limited = read(body.formatted(",\"feature_flags\""));
        assertThat(limited.flags()).isEmpty();
        assertThat(limited.error()).isEqualTo("quota_limited");
        assertThat(limited.isAnswer()).isFalse();
        assertThat(limited.isComplete()).isFalse();
        assertThat(limited.requestId()).isEqualTo("r");

        RemoteAnswer other = read(body.formatted(""));
        assertThat(other.flags()).hasSize(1);
        assertThat(other.error()).isNull();
        assertThat(read("{\"quotaLimited\":[\"feature_flags\"]}").error()).isEqualTo("quota_limited");
    }

    @Test
    void shouldUseWhatIsThereWhenTheServerHadErrors() throws IOException {
        RemoteAnswer answer = read("{\"flags\":{\"a\":{\"enabled\":true}},\"errorsWhileComputingFlags\":true}");

        assertThat(answer.flags()).hasSize(1);
        assertThat(answer.error()).isEqualTo("errors_while_computing_flags");
        assertThat(answer.isAnswer()).isTrue();
        assertThat(answer.isComplete()).isFalse();
    }

    @Test
    void shouldKeepUsageEventsSmallOnlyIfToldSoLiterally() throws IOException {
        for (String value : new String[] {"false", "null", "1", "\"true\""}) {
            assertThat(read("{\"flags\":{},\"minimalFlagCalledEvents\":" + value + "}")
                            .minimalUsageEvents())
                    .as(value)
                    .isFalse();
        }
    }

    @Test
    void shouldNotReadWhatHasNoFlags() {
        assertThatThrownBy(() -> read("{\"featureFlags\":[\"a\"]}")).isInstanceOf(IOException.class);
    }

    private static RemoteAnswer read(String body) throws IOException {
        return new AnswerReader().read(body.getBytes(UTF_8));
    }
}

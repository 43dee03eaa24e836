package dev.penstock.engine.flags.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.flags.FlagValue;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EvaluatedFlagTest {

    private static long fingerprint(String key, FlagValue value) {
        return EvaluatedFlag.local(key, value, Optional.empty(), FlagMetadata.NONE)
                .usageFingerprint();
    }

    @Test
    void shouldTellApartWhatLooksAlike() {
        Set<Long> fingerprints = new HashSet<>();
        for (String key : new String[] {"Aa", "BB", "a", "ab", "", "AaAa", "BBBB", "AaBB"}) {
            for (FlagValue value : new FlagValue[] {
                FlagValue.TRUE,
                FlagValue.FALSE,
                FlagValue.MISSING,
                FlagValue.variant("true"),
                FlagValue.variant("false"),
                FlagValue.variant("missing"),
                FlagValue.variant("Aa"),
                FlagValue.variant("BB"),
                FlagValue.variant("b")
            }) {
                fingerprints.add(fingerprint(key, value));
            }
        }

        assertThat(fingerprints).hasSize(8 * 9);
    }

    @Test
    void shouldMixFingerprintsWell() {
        int[] ones = new int[Long.SIZE];
        Set<Long> distinct = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            long fingerprint = fingerprint("flag-" + i, FlagValue.TRUE);
            distinct.add(fingerprint);
            for (int bit = 0; bit < Long.SIZE; bit++) {
                ones[bit] += (int) (fingerprint >>> bit & 1);
            }
        }

        assertThat(distinct).hasSize(20_000);
        for (int bit : ones) {
            assertThat(bit).isBetween(9_500, 10_500);
        }
    }

    @Test
    void shouldSayTheSameAboutTheSame() {
        assertThat(fingerprint("a", FlagValue.variant("x"))).isEqualTo(fingerprint("a", FlagValue.variant("x")));
    }

    @Test
    void shouldKeepWhatTheServerSaid() {
        FlagMetadata metadata = new FlagMetadata(OptionalLong.of(31), OptionalInt.of(4), Optional.of(true));
        EvaluatedFlag flag =
                EvaluatedFlag.remote("f", FlagValue.variant("x"), Optional.empty(), "Matched", "some_error", metadata);

        assertThat(flag.isLocal()).isFalse();
        assertThat(flag.reason()).contains("Matched");
        assertThat(flag.error()).contains("some_error");
        assertThat(flag.id()).hasValue(31);
        assertThat(flag.version()).hasValue(4);
        assertThat(flag.hasExperiment()).contains(true);
        assertThat(flag.isEnabled()).isTrue();
        assertThat(flag).hasToString("f=x");
    }

    @Test
    void shouldBeMissingWithAReasonOrWithout() {
        assertThat(EvaluatedFlag.missing("f", "timeout").error()).contains("timeout");
        assertThat(EvaluatedFlag.missing("f", null).error()).isEmpty();
        assertThat(EvaluatedFlag.missing("f", null).value()).isEqualTo(FlagValue.MISSING);
        assertThat(EvaluatedFlag.missing("f", null).isEnabled()).isFalse();
        assertThat(EvaluatedFlag.missing("f", null).isLocal()).isFalse();
    }

    @Test
    void shouldTakeOnAnErrorAndKeepTheRest() {
        EvaluatedFlag flag = EvaluatedFlag.local("f", FlagValue.TRUE, Optional.empty(), FlagMetadata.NONE);
        EvaluatedFlag failed = flag.withError("quota_limited");

        assertThat(failed.error()).contains("quota_limited");
        assertThat(failed.value()).isEqualTo(FlagValue.TRUE);
        assertThat(failed.isLocal()).isTrue();
        assertThat(failed.usageFingerprint()).isEqualTo(flag.usageFingerprint());
        assertThat(flag.error()).isEmpty();
    }

    @Test
    void shouldKnowWhatTheApplicationForces() {
        EvaluatedFlag forced = EvaluatedFlag.overridden("f", FlagValue.FALSE, Optional.empty());

        assertThat(forced.isOverridden()).isTrue();
        assertThat(forced.isLocal()).isTrue();
        assertThat(EvaluatedFlag.missing("f", null).isOverridden()).isFalse();
    }
}

package dev.penstock.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.CaptureResult;
import dev.penstock.engine.record.TestSeed;
import org.junit.jupiter.api.Test;

/** Three switches and one answer. */
class CaptureGateTest {

    @Test
    void shouldAcceptOnlyWhatIsSwitchedOnAndNotOptedOut() {
        CaptureGate gate = new CaptureGate(false, false);
        assertThat(gate.refusal()).isNull();

        gate.setEnabled(false);
        gate.setOptedOut(true);
        gate.setEnabled(true);
        assertThat(gate.refusal()).isEqualTo(CaptureResult.DISABLED);

        gate.setEnabled(false);
        gate.setOptedOut(false);
        assertThat(gate.refusal()).isEqualTo(CaptureResult.DISABLED);

        gate.setEnabled(true);
        assertThat(gate.refusal()).isNull();
    }

    @Test
    void shouldBeginOptedOutIfConfiguredSo() {
        CaptureGate gate = new CaptureGate(false, true);
        assertThat(gate.isOptedOut()).isTrue();
        assertThat(gate.refusal()).isEqualTo(CaptureResult.DISABLED);

        gate.setOptedOut(false);
        assertThat(gate.isOptedOut()).isFalse();
        assertThat(gate.refusal()).isNull();
    }

    @Test
    void shouldAnswerClosedForGoodWhateverIsSwitchedAfterwards() {
        CaptureGate gate = new CaptureGate(false, true);
        gate.close();
        assertThat(gate.refusal()).isEqualTo(CaptureResult.CLOSED);

        gate.setOptedOut(false);
        gate.setEnabled(true);
        assertThat(gate.refusal()).isEqualTo(CaptureResult.CLOSED);
        gate.setEnabled(false);
        assertThat(gate.refusal()).isEqualTo(CaptureResult.CLOSED);
    }

    @Test
    void shouldStayAsItIsWithoutAnEngine() {
        CaptureGate gate = new CaptureGate(true, false);
        gate.setEnabled(true);
        gate.setOptedOut(false);
        assertThat(gate.refusal()).isEqualTo(CaptureResult.DISABLED);

        gate.close();
        assertThat(gate.refusal()).isEqualTo(CaptureResult.DISABLED);
    }

    @Test
    void shouldAgreeWithItsThreeSwitchesInAnyOrder() {
        TestSeed.run(random -> {
            for (int round = 0; round < 200; round++) {
                boolean enabled = true;
                boolean out = random.nextBoolean();
                boolean closed = false;
                CaptureGate gate = new CaptureGate(false, out);
                for (int i = 0; i < 12; i++) {
                    boolean value = random.nextBoolean();
                    switch (random.nextInt(8)) {
                        case 0 -> {
                            gate.close();
                            closed = true;
                        }
                        case 1, 2, 3 -> {
                            gate.setEnabled(value);
                            enabled = value;
                        }
                        default -> {
                            gate.setOptedOut(value);
                            out = value;
                        }
                    }
                    CaptureResult expected =
                            closed ? CaptureResult.CLOSED : enabled && !out ? null : CaptureResult.DISABLED;
                    assertThat(gate.refusal()).isEqualTo(expected);
                    assertThat(gate.isOptedOut()).isEqualTo(out);
                }
            }
        });
    }
}

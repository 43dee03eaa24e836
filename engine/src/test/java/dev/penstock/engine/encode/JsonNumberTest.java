package dev.penstock.engine.encode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.io.NumberOutput;
import dev.penstock.engine.record.TestSeed;
import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonNumberTest {

    private static final String JSON_NUMBER = "-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?";

    private final JsonOutput out = new JsonOutput(64);

    private String text(long value) {
        out.clear();
        out.ensure(JsonNumber.MAX_BYTES);
        JsonNumber.write(value, out);
        return out.toString();
    }

    private String text(double value) {
        out.clear();
        out.ensure(JsonNumber.MAX_BYTES);
        JsonNumber.write(value, out);
        assertThat(out.length()).isLessThanOrEqualTo(JsonNumber.MAX_BYTES);
        return out.toString();
    }

    private String text(float value) {
        out.clear();
        out.ensure(JsonNumber.MAX_BYTES);
        JsonNumber.write(value, out);
        return out.toString();
    }

    @Test
    void shouldWriteIntegersWithAllDigits() {
        for (long power = 1; power > 0 && power <= 1_000_000_000_000_000_000L; power *= 10) {
            for (long value : new long[] {power - 1, power, power + 1, -power + 1, -power, -power - 1}) {
                assertThat(text(value)).isEqualTo(Long.toString(value));
            }
        }
        for (long value : new long[] {0, Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE + 1, (1L << 53) + 1}) {
            assertThat(text(value)).isEqualTo(Long.toString(value));
        }
    }

    @Test
    void shouldWriteRandomIntegersWithAllDigits() {
        TestSeed.run(random -> {
            for (int i = 0; i < 100_000; i++) {
                long value = random.nextLong() >> random.nextInt(64);
                if (!text(value).equals(Long.toString(value))) {
                    assertThat(text(value)).isEqualTo(Long.toString(value));
                }
            }
        });
    }

    @Test
    void shouldReadBackAsTheSameDouble() {
        TestSeed.run(random -> {
            for (int i = 0; i < 500_000; i++) {
                check(Double.longBitsToDouble(random.nextLong()));
                check(decimalLike(random));
            }
        });
    }

    private void check(double value) {
        if (!Double.isFinite(value)) {
            return;
        }
        String text = text(value);
        long bits = Double.doubleToRawLongBits(Double.parseDouble(text));
        if (bits != Double.doubleToRawLongBits(value)) {
            throw new AssertionError(text + " is not " + value);
        }
        double magnitude = Math.abs(value);
        // Where the shortest writer needs no exponent.
        if (magnitude >= 1e-3 && magnitude < 1e7) {
            String shortest = NumberOutput.toString(value, true);
            if (text.length() > shortest.length()) {
                throw new AssertionError(text + " is longer than " + shortest);
            }
        }
    }

    private static double decimalLike(SplittableRandom random) {
        long unscaled = random.nextLong() >> random.nextInt(64);
        return BigDecimal.valueOf(unscaled, random.nextInt(-3, 22)).doubleValue();
    }

    @ParameterizedTest
    @CsvSource({
        "0.0, 0.0",
        "-0.0, -0.0",
        "1, 1.0",
        "-1, -1.0",
        "2.35, 2.35",
        "-2.05, -2.05",
        "0.1, 0.1",
        "0.001, 0.001",
        "-0.001, -0.001",
        "0.0015, 0.0015",
        "0.000000001, 1.0E-9",
        "0.123456789, 0.123456789",
        "1234567.891, 1234567.891",
        "0.30000000000000004, 0.30000000000000004",
        "9007199254740993, 9.007199254740992E15",
        "999999999999999, 999999999999999.0",
        "4.9e-324, 4.9E-324",
        "1.7976931348623157e308, 1.7976931348623157E308",
    })
    void shouldWriteTheShortestText(double value, String expected) {
        assertThat(text(value)).isEqualTo(expected);
    }

    @Test
    void shouldStayExactOnBothSidesOfEveryBoundary() {
        for (double boundary : new double[] {1e-3, 1, 1e7, 1e9, 1e14, 1e15, 1e16, 0x1p53}) {
            for (double sign : new double[] {1, -1}) {
                check(sign * boundary);
                check(sign * Math.nextUp(boundary));
                check(sign * Math.nextDown(boundary));
                assertThat(text(sign * boundary)).matches(JSON_NUMBER);
            }
        }
    }

    @Test
    void shouldWriteRandomFloatsSoThatTheyReadBack() {
        TestSeed.run(random -> {
            for (int i = 0; i < 200_000; i++) {
                float value = Float.intBitsToFloat(random.nextInt());
                if (Float.isFinite(value)) {
                    String text = text(value);
                    if (Float.floatToRawIntBits(Float.parseFloat(text)) != Float.floatToRawIntBits(value)) {
                        throw new AssertionError(text + " is not " + value);
                    }
                }
            }
        });
    }

    @ParameterizedTest
    @ValueSource(floats = {0.1f, 1f, -2.5f, 16777216f, 1e-10f, Float.MAX_VALUE, Float.MIN_VALUE, -0f})
    void shouldWriteFloatsAsJsonNumbers(float value) {
        assertThat(text(value)).matches(JSON_NUMBER);
        assertThat(Float.parseFloat(text(value))).isEqualTo(value);
    }
}

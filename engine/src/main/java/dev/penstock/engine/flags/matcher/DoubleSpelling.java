package dev.penstock.engine.flags.matcher;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.math.BigDecimal;

/**
 * How a finite double becomes text: always the shortest digits that read back as it, but SDKs turn to exponents at
 * different magnitudes. From {@code 0.0001} up to below {@code 1e16} all agree.
 */
enum DoubleSpelling {
    /** Plain for long: {@code 0.000001} and {@code 100000000000000000000.0}, then {@code 1e-7} and {@code 1e+21}. */
    LATE_EXPONENT(-7, 21, 1),
    /** {@code 0.0001} and {@code 1000000000000000.0}, then {@code 1e-05} and {@code 1e+16}. */
    EARLY_EXPONENT(-5, 16, 2);

    private static final double MIN_AGREED = 1e-4;
    private static final double MAX_AGREED = 1e16;

    private final int lowExponent;
    private final int highExponent;
    private final int minExponentDigits;

    DoubleSpelling(int lowExponent, int highExponent, int minExponentDigits) {
        this.lowExponent = lowExponent;
        this.highExponent = highExponent;
        this.minExponentDigits = minExponentDigits;
    }

    /** Whether every SDK spells the value alike; never so for NaN and the infinities. */
    static boolean isAgreed(double value) {
        double magnitude = Math.abs(value);
        return (magnitude >= MIN_AGREED && magnitude < MAX_AGREED) || magnitude == 0;
    }

    /** The JDK's own shortest decimal is not shortest before version 19, so the digits come from Jackson. */
    String spell(double value) {
        if (value == 0) {
            return Double.doubleToRawLongBits(value) == 0 ? "0.0" : "-0.0";
        }
        BigDecimal decimal = new BigDecimal(NumberOutput.toString(value, true)).stripTrailingZeros();
        int exponent = decimal.precision() - decimal.scale() - 1;
        if (exponent <= lowExponent || exponent >= highExponent) {
            return scientific(decimal, exponent);
        }
        String plain = decimal.toPlainString();
        return decimal.scale() <= 0 ? plain + ".0" : plain;
    }

    private String scientific(BigDecimal decimal, int exponent) {
        StringBuilder text = new StringBuilder(26);
        text.append(decimal.movePointLeft(exponent).stripTrailingZeros().toPlainString());
        text.append('e').append(exponent < 0 ? '-' : '+');
        int magnitude = Math.abs(exponent);
        if (magnitude < 10 && minExponentDigits > 1) {
            text.append('0');
        }
        return text.append(magnitude).toString();
    }
}

package dev.penstock.benchmarks.flags;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.benchmarks.flags.SampleFlag.Variant;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The right answers, from the definition of PostHog's hash and nothing else: no library has a part in them, so two
 * that agree with these agree with each other, and a JVM that checks one need not load the other.
 * <p>
 * <b>Threads:</b> one.
 */
final class FlagAnswers {
    private final MessageDigest sha1;

    FlagAnswers() {
        try {
            sha1 = MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    boolean isOn(SampleFlag flag, String distinctId) {
        return hash(flag.key(), distinctId, "") <= SampleFlag.ROLLOUT / 100.0;
    }

    String variant(SampleFlag flag, String distinctId) {
        double hash = hash(flag.key(), distinctId, "variant");
        double from = 0;
        for (Variant variant : flag.variants()) {
            double to = from + variant.percent() / 100.0;
            if (from <= hash && hash < to) {
                return variant.key();
            }
            from = to;
        }
        throw new IllegalStateException("the variants of " + flag.key() + " are not for everybody");
    }

    int all(SampleFlags flags, String distinctId) {
        int sum = 0;
        for (SampleFlag flag : flags.all()) {
            sum += flag.hasVariants() ? variant(flag, distinctId).length() : isOn(flag, distinctId) ? 1 : 0;
        }
        return sum;
    }

    private double hash(String key, String distinctId, String salt) {
        byte[] digest = sha1.digest((key + "." + distinctId + salt).getBytes(UTF_8));
        return (ByteBuffer.wrap(digest).getLong() >>> 4) / 0x1p60;
    }
}

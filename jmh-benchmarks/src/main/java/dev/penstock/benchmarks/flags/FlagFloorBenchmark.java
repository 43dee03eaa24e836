package dev.penstock.benchmarks.flags;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What must any library spend on a flag that buckets by SHA-1, and what does the caller spend before it asks?
 * <p>
 * <pre>
 * java -jar jmh-benchmarks/target/benchmarks.jar FlagFloorBenchmark -prof gc
 * </pre>
 * {@code sha1} hashes the 40 bytes of a flag's key, a point and an id, with one digest used over and over.
 * {@code byHand} is the sample flag written out by somebody who knows it: two lookups, two comparisons, the hash and
 * the rollout; {@code byHandCold} the same for an id that nobody has looked at lately. {@code draw} is the caller's part of the {@code Fresh} cases of {@link FlagEvaluationBenchmark}: a
 * person at random and a map of their properties.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class FlagFloorBenchmark {
    private static final int KEPT = 128;
    private static final int SHA1_BYTES = 20;

    private final People people = new People();
    private final SampleFlag flag = new SampleFlags(SampleFlags.COUNT).onOff();
    private final Set<String> plans = Set.copyOf(flag.plans());
    private final byte[][] keys = new byte[KEPT][];
    private final String[] ids = new String[KEPT];
    private final byte[] bytes = new byte[64];
    private final byte[] digest = new byte[SHA1_BYTES];
    private final Map<String, Object> properties = people.properties(0);
    private MessageDigest sha1;
    private int prefixLength;
    private long random = 0x9E37_79B9_7F4A_7C15L;
    private int next;

    /** Makes the bytes to hash, and checks the flag written out. */
    @Setup
    public void prepare() throws NoSuchAlgorithmException, DigestException {
        sha1 = MessageDigest.getInstance("SHA-1");
        byte[] prefix = (flag.key() + ".").getBytes(ISO_8859_1);
        prefixLength = prefix.length;
        System.arraycopy(prefix, 0, bytes, 0, prefixLength);
        for (int i = 0; i < KEPT; i++) {
            ids[i] = people.id(i);
            keys[i] = (flag.key() + "." + ids[i]).getBytes(ISO_8859_1);
            if (keys[i].length != 40) {
                throw new IllegalStateException("a key has " + keys[i].length + " bytes");
            }
        }
        FlagAnswers answers = new FlagAnswers();
        for (int i = 1; i <= KEPT; i++) {
            int person = i & KEPT - 1;
            if (byHand() != answers.isOn(flag, people.id(person))) {
                throw new IllegalStateException("the flag written out is wrong for " + people.id(person));
            }
        }
    }

    /** The hash. */
    @Benchmark
    public long sha1() throws DigestException {
        next = next + 1 & KEPT - 1;
        return hashed(keys[next], keys[next].length);
    }

    /** The flag. */
    @Benchmark
    public boolean byHand() throws DigestException {
        next = next + 1 & KEPT - 1;
        return byHand(ids[next]);
    }

    /** The flag for anybody, whose id has to come from far away. */
    @Benchmark
    public boolean byHandCold() throws DigestException {
        return byHand(people.id(anybody()));
    }

    private boolean byHand(String id) throws DigestException {
        if (!plans.contains(properties.get("plan")) || !flag.country().equals(properties.get("country"))) {
            return false;
        }
        int length = prefixLength;
        for (int i = 0; i < id.length(); i++) {
            bytes[length++] = (byte) id.charAt(i);
        }
        return (hashed(bytes, length) >>> 4) / 0x1p60 <= SampleFlag.ROLLOUT / 100.0;
    }

    /** A person and a map. */
    @Benchmark
    public Map<String, Object> draw(Blackhole blackhole) {
        int person = anybody();
        blackhole.consume(people.id(person));
        return people.properties(person);
    }

    private int anybody() {
        long x = random;
        x ^= x << 13;
        x ^= x >>> 7;
        x ^= x << 17;
        random = x;
        return (int) Long.remainderUnsigned(x, People.COUNT);
    }

    private long hashed(byte[] key, int length) throws DigestException {
        sha1.update(key, 0, length);
        sha1.digest(digest, 0, SHA1_BYTES);
        long high = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            high = high << 8 | (digest[i] & 0xFF);
        }
        return high;
    }
}

package dev.penstock.benchmarks.encode;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.penstock.benchmarks.baseline.JacksonEventWriter;
import dev.penstock.benchmarks.support.WiredEngine;
import dev.penstock.engine.encode.EventEncoder;
import dev.penstock.engine.encode.JsonOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does the JSON of an event cost, in the engine's own writer and in Jackson's generator?
 * <p>
 * <pre>
 * ./mvnw -pl jmh-benchmarks -am package -DskipTests
 * java -jar jmh-benchmarks/target/benchmarks.jar encode.EncodeBenchmark -prof gc
 * </pre>
 * One operation is one event of 1,024, in order, each into the beginning of the same array; {@code ownWriter} reads the
 * record, {@code jackson} is handed the values (see {@link JacksonEventWriter} for what else is done in its favour). Both
 * write the same bytes, which is checked first. The records lie as in the ring and stay in the second-level cache; in the
 * engine they have just been written by another core.
 * <p>
 * The heap settings of the fork make numbers repeat. They are the benchmark's own and asked of no user.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xms2g", "-Xmx2g", "-Xmn512m", "-XX:+AlwaysPreTouch"})
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class EncodeBenchmark {
    /** What kind of event. */
    @Param
    public Shape shape;

    private SampleRecords samples;
    private EventEncoder encoder;
    private JsonOutput out;
    private JacksonEventWriter jackson;
    private SerializableString[] names;
    private int next;

    /** Makes the events and checks that both writers agree. */
    @Setup(Level.Trial)
    public void prepare() throws IOException {
        samples = new SampleRecords(shape);
        encoder = samples.newEncoder();
        out = new JsonOutput(4 * 1024);
        jackson = new JacksonEventWriter(WiredEngine.systemProperties());
        names = Arrays.stream(samples.events[0].keys())
                .map(SerializedString::new)
                .toArray(SerializableString[]::new);
        for (int i = 0; i < SampleRecords.COUNT; i++) {
            int own = ownWriter();
            next = next - 1 & SampleRecords.COUNT - 1;
            int other = jackson();
            if (!Arrays.equals(out.bytes(), 0, own, jackson.bytes(), 0, other)) {
                throw new IllegalStateException("the writers differ:\n" + out + "\n"
                        + new String(jackson.bytes(), 0, other, StandardCharsets.UTF_8));
            }
        }
    }

    /** The engine's encoder, from the record. */
    @Benchmark
    public int ownWriter() {
        int i = next;
        next = i + 1 & SampleRecords.COUNT - 1;
        out.clear();
        encoder.encode(samples.records.bytes(), samples.records.offset(i), null, -1, out);
        return out.length();
    }

    /** Jackson, from the values. */
    @Benchmark
    public int jackson() throws IOException {
        int i = next;
        next = i + 1 & SampleRecords.COUNT - 1;
        SampleEvent event = samples.events[i];
        jackson.begin(event.name(), event.distinctId(), event.uuidHigh(), event.uuidLow(), event.epochMillis());
        JsonGenerator json = jackson.generator();
        boolean registered = shape != Shape.REFERENCE_NAMES;
        for (int property = 0; property < names.length; property++) {
            if (registered) {
                json.writeFieldName(names[property]);
            } else {
                json.writeFieldName(event.keys()[property]);
            }
            switch (event.types()[property]) {
                case 's' -> json.writeString(event.texts()[property]);
                case 'l' -> json.writeNumber(event.numbers()[property]);
                case 'd' -> json.writeNumber(Double.longBitsToDouble(event.numbers()[property]));
                default -> json.writeBoolean(event.numbers()[property] != 0);
            }
        }
        return jackson.end();
    }
}

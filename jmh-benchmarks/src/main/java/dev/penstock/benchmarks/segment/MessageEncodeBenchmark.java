package dev.penstock.benchmarks.segment;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.segment.analytics.gson.AutoValueAdapterFactory;
import com.segment.analytics.gson.ISO8601DateAdapter;
import com.segment.analytics.messages.TrackMessage;
import dev.penstock.benchmarks.support.DrainedEngine;
import dev.penstock.benchmarks.support.RecordCopies;
import dev.penstock.benchmarks.support.ReferenceCapture;
import dev.penstock.benchmarks.support.ReferenceEvent;
import dev.penstock.benchmarks.support.ReferenceEvents;
import dev.penstock.client.CaptureResult;
import dev.penstock.engine.encode.JsonOutput;
import dev.penstock.engine.encode.MessageEncoder;
import java.util.Date;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does the JSON of a Segment message cost, in the engine's own writer and as Segment's own library for Java makes it?
 * <p>
 * <pre>
 * ./mvnw -pl jmh-benchmarks -am package -DskipTests
 * java -jar jmh-benchmarks/target/benchmarks.jar MessageEncodeBenchmark -prof gc
 * </pre>
 * One operation is one message of 1,024, in order: reference events as {@code track}, with registered keys and, for
 * {@code ownWriterNames}, with keys as text. Our rows read the record and write into the beginning of the same array;
 * {@code analyticsJava} turns a message made before into a string and the string into bytes, which that library does to
 * learn the length, once in {@code enqueue} and once behind it, before the message is written into its batch. That both
 * write the same members with the same values is checked first.
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
public class MessageEncodeBenchmark {
    private static final int COUNT = 1_024;

    private final DrainedEngine engine = new DrainedEngine(4 * COUNT);
    private final RecordCopies withKeys = new RecordCopies(COUNT);
    private final RecordCopies withNames = new RecordCopies(COUNT);
    private final MessageEncoder encoder = new MessageEncoder(engine.keys(), null);
    private final JsonOutput out = new JsonOutput(4 * 1_024);
    private final TrackMessage[] others = new TrackMessage[COUNT];
    private final Gson gson = new GsonBuilder()
            .registerTypeAdapterFactory(new AutoValueAdapterFactory())
            .registerTypeAdapter(Date.class, new ISO8601DateAdapter())
            .create();
    private int next;

    /** Makes the messages and checks that all three say the same. */
    @Setup(Level.Trial)
    public void prepare() {
        ReferenceMessages messages = new ReferenceMessages(engine);
        ReferenceEvent[] events = new ReferenceEvent[COUNT];
        ReferenceEvents callers = new ReferenceEvents(ReferenceEvents.Strings.FRESH, 3);
        for (int i = 0; i < COUNT; i++) {
            events[i] = callers.next();
            require(messages.builder(events[i]) == CaptureResult.ACCEPTED);
        }
        withKeys.takeAll(engine);
        for (int i = 0; i < COUNT; i++) {
            require(messages.builderNames(events[i]) == CaptureResult.ACCEPTED);
            others[i] = TrackMessage.builder(ReferenceEvent.NAME)
                    .userId(events[i].distinctId())
                    .properties(ReferenceCapture.toMap(events[i]))
                    .build();
        }
        withNames.takeAll(engine);
        for (int i = 0; i < COUNT; i++) {
            JsonObject other = common(gson.toJson(others[i]));
            require(other.equals(common(encoded(withKeys, i))));
            require(other.equals(common(encoded(withNames, i))));
        }
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalStateException("a sample message was refused, or two writers of it differ");
        }
    }

    private String encoded(RecordCopies records, int i) {
        next = i;
        return new String(out.bytes(), 0, encode(records), UTF_8);
    }

    /** What must be the same: all but the time and the id, which each library makes itself, and what is empty. */
    private static JsonObject common(String json) {
        JsonObject message = JsonParser.parseString(json).getAsJsonObject();
        require(message.remove("messageId") != null);
        require(message.remove("timestamp") != null);
        message.remove("integrations");
        return message;
    }

    /** The engine's encoder, registered keys. */
    @Benchmark
    public int ownWriter() {
        return encode(withKeys);
    }

    /** The engine's encoder, keys as text. */
    @Benchmark
    public int ownWriterNames() {
        return encode(withNames);
    }

    /** The other library's way. */
    @Benchmark
    public int analyticsJava() {
        int i = next;
        next = i + 1 & COUNT - 1;
        return gson.toJson(others[i]).getBytes(UTF_8).length;
    }

    private int encode(RecordCopies records) {
        int i = next;
        next = i + 1 & COUNT - 1;
        out.clear();
        encoder.encode(records.bytes(), records.offset(i), null, -1, out);
        return out.length();
    }
}

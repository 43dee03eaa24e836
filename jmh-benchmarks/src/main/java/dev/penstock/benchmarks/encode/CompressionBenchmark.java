package dev.penstock.benchmarks.encode;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.penstock.benchmarks.baseline.HeapGzip;
import dev.penstock.client.Compressor;
import dev.penstock.engine.encode.Body;
import dev.penstock.engine.encode.BodyEncoding;
import dev.penstock.engine.encode.BodyWriter;
import dev.penstock.engine.encode.JsonOutput;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does a compressed body cost for each event, and how many bytes are left of it?
 * <p>
 * <pre>
 * ./mvnw -pl jmh-benchmarks -am package -DskipTests
 * java -jar jmh-benchmarks/target/benchmarks.jar CompressionBenchmark -prof gc
 * </pre>
 * One operation is one event. An invocation builds complete bodies of 1,000 events in all, 1 of 1,000 or 10 of 100, out
 * of JSON made beforehand; the events go on where the last body stopped. Bytes for each event on the wire are printed at
 * the end of each fork, with the envelope. {@code eventAware} is the engine's writer, {@code zlib} its fallback (level 1,
 * direct memory, 16 KiB at a time), {@code heapArrays} the same level from array to array in one go, {@code plain} the
 * engine's writer without compression. What pinned arrays do to a collector under allocation is not seen here.
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
public class CompressionBenchmark {
    private static final int EVENTS = 1_000;
    private static final int HEAD_LENGTH = 80;
    private static final byte[] HEAD = new byte[HEAD_LENGTH];
    private static final byte[] COMMA = {','};
    private static final byte[] TAIL = "]}".getBytes(US_ASCII);

    /** Events in a body. */
    @Param({"100", "1000"})
    public int batch;

    /** What kind of event. */
    @Param({"REFERENCE", "COMMIT"})
    public Shape shape;

    private JsonOutput[] json;
    private BodyWriter eventAware;
    private BodyWriter zlib;
    private BodyWriter plain;
    private HeapGzip heap;
    private byte[] storage;
    private int next;
    private long events;
    private long wireBytes;

    /** Makes the JSON and the writers. */
    @Setup(Level.Trial)
    public void prepare() {
        json = new SampleRecords(shape).encodeAll();
        eventAware = BodyWriter.create(BodyEncoding.GZIP, Compressor.EVENT_AWARE);
        zlib = BodyWriter.create(BodyEncoding.GZIP, Compressor.ZLIB);
        plain = BodyWriter.create(BodyEncoding.NONE, Compressor.EVENT_AWARE);
        heap = new HeapGzip(1);
        storage = new byte[16 * 1024];
    }

    /** Says how many bytes were left. */
    @TearDown(Level.Trial)
    public void report() {
        long plainBytes = 0;
        for (JsonOutput event : json) {
            plainBytes += event.length();
        }
        System.out.printf(
                "%n%s, %d events a body: %.1f bytes of JSON, %.1f on the wire for each event%n",
                shape, batch, (double) plainBytes / json.length, (double) wireBytes / events);
        eventAware.close();
        zlib.close();
        plain.close();
        heap.close();
    }

    /** What is shipped. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public int eventAware() {
        return build(eventAware);
    }

    /** The fallback. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public int zlib() {
        return build(zlib);
    }

    /** The engine's, without compression. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public int plain() {
        return build(plain);
    }

    /** From array to array. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public int heapArrays() {
        int bytes = 0;
        for (int done = 0; done < EVENTS; done += batch) {
            heap.begin();
            heap.append(HEAD, HEAD_LENGTH);
            for (int i = 0; i < batch; i++) {
                if (i > 0) {
                    heap.append(COMMA, 1);
                }
                JsonOutput event = nextEvent();
                heap.append(event.bytes(), event.length());
            }
            heap.append(TAIL, TAIL.length);
            bytes += heap.finish();
        }
        count(bytes);
        return bytes;
    }

    private int build(BodyWriter writer) {
        int bytes = 0;
        for (int done = 0; done < EVENTS; done += batch) {
            writer.begin(storage, HEAD_LENGTH);
            for (int i = 0; i < batch; i++) {
                if (i > 0) {
                    writer.appendNext(nextEvent());
                } else {
                    writer.append(nextEvent());
                }
            }
            writer.append(TAIL, 0, TAIL.length);
            Body body = writer.finish();
            body.renewHead(HEAD);
            storage = body.bytes();
            bytes += body.length();
        }
        count(bytes);
        return bytes;
    }

    private JsonOutput nextEvent() {
        int i = next;
        next = i + 1 & SampleRecords.COUNT - 1;
        return json[i];
    }

    private void count(int bytes) {
        events += EVENTS;
        wireBytes += bytes;
    }
}

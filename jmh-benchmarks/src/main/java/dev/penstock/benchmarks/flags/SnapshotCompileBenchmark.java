package dev.penstock.benchmarks.flags;

import dev.penstock.engine.flags.definitions.DefinitionsException;
import dev.penstock.engine.flags.definitions.DefinitionsParser;
import dev.penstock.engine.flags.definitions.FlagDefinitions;
import dev.penstock.engine.flags.evaluation.FlagSnapshot;
import dev.penstock.engine.flags.evaluation.SnapshotCompiler;
import dev.penstock.engine.flags.result.PayloadReader;
import java.io.IOException;
import java.util.Set;
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
 * How long does it take to make a snapshot of definitions that have arrived?
 * <p>
 * <pre>
 * ./mvnw -pl jmh-benchmarks -am package -DskipTests
 * java -jar jmh-benchmarks/target/benchmarks.jar SnapshotCompileBenchmark -prof gc
 * </pre>
 * One operation is all of the definitions: {@code parse} from bytes to their model, {@code compile} from the model to
 * a snapshot, {@code parseAndCompile} both. It happens on the flag thread, at most once in each interval. The first
 * after the start of a JVM takes several times as long.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class SnapshotCompileBenchmark {
    private static final long LOADED_AT_MS = 1_800_000_000_000L;

    /** How many flags. */
    @Param({"1000", "5000"})
    public int flags;

    private final DefinitionsParser parser = new DefinitionsParser();
    private final SnapshotCompiler compiler =
            new SnapshotCompiler(new PayloadReader(SnapshotCompileBenchmark::fail), Set.of());
    private byte[] body;
    private FlagDefinitions definitions;

    private static void fail(String message, Throwable cause) {
        throw new IllegalStateException(message, cause);
    }

    /** Makes the bytes, and checks that each flag is understood. */
    @Setup(Level.Trial)
    public void prepare() throws IOException, DefinitionsException {
        body = PostHogJson.of(new SampleFlags(flags));
        definitions = parse();
        FlagSnapshot snapshot = compile();
        if (snapshot.size() != flags || snapshot.malformed() != 0) {
            throw new IllegalStateException(snapshot.malformed() + " of " + snapshot.size() + " flags are malformed");
        }
    }

    /** From bytes to the model. */
    @Benchmark
    public FlagDefinitions parse() throws DefinitionsException {
        return parser.parse(body);
    }

    /** From the model to a snapshot. */
    @Benchmark
    public FlagSnapshot compile() {
        return compiler.compile(definitions, LOADED_AT_MS);
    }

    /** From bytes to a snapshot. */
    @Benchmark
    public FlagSnapshot parseAndCompile() throws DefinitionsException {
        return compiler.compile(parser.parse(body), LOADED_AT_MS);
    }
}

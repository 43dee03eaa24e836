package dev.penstock.benchmarks.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.benchmarks.encode.CompressionBenchmark;
import dev.penstock.benchmarks.encode.EncodeBenchmark;
import dev.penstock.benchmarks.encode.Shape;
import dev.penstock.benchmarks.flags.Caller;
import dev.penstock.benchmarks.flags.FlagEvaluationBenchmark;
import dev.penstock.benchmarks.flags.FlagFloorBenchmark;
import dev.penstock.benchmarks.flags.Library;
import dev.penstock.benchmarks.flags.LibraryName;
import dev.penstock.benchmarks.support.DrainedEngine;
import dev.penstock.benchmarks.support.ReferenceCapture;
import dev.penstock.benchmarks.support.ReferenceCapture.Way;
import dev.penstock.benchmarks.support.ReferenceEvents;
import org.junit.jupiter.api.Test;

/**
 * Fails when a hot path has become half as slow again. Each is measured beside something that takes the same kind of work
 * and that we do not change: plain copying into a Disruptor, zlib, SHA-1. The bounds are one and a half times what was seen when they
 * were set; who makes a path faster may lower them.
 */
class CostGuardIT {
    private static final int BURST = 1_024;
    private static final int EVENTS = 1_000;

    private static final double CAPTURE_BOUND = 3.8;
    private static final double BODY_BOUND = 0.5;
    private static final double FLAG_BOUND = 4;

    private static double timed(int operations, Duel.Round round) throws Exception {
        long began = System.nanoTime();
        round.nsPerOperation();
        return (double) (System.nanoTime() - began) / operations;
    }

    private void shouldCapture(Way way) throws Exception {
        DrainedEngine engine = new DrainedEngine(2 * BURST);
        ReferenceCapture capture = new ReferenceCapture(engine);
        ReferenceEvents events = new ReferenceEvents(ReferenceEvents.Strings.TOUCHED, 1);
        PlainCapture plain = new PlainCapture();
        Duel duel = new Duel(
                () -> {
                    double ns = timed(BURST, () -> {
                        for (int i = 0; i < BURST; i++) {
                            capture.capture(way, events.next());
                        }
                        return 0;
                    });
                    assertThat(engine.drain()).isEqualTo(BURST);
                    return ns;
                },
                () -> {
                    double ns = timed(BURST, () -> {
                        for (int i = 0; i < BURST; i++) {
                            plain.capture(events.next());
                        }
                        return 0;
                    });
                    assertThat(plain.drain()).isEqualTo(BURST);
                    return ns;
                });

        assertThat(duel.ratio(CAPTURE_BOUND)).as(duel::toString).isLessThan(CAPTURE_BOUND);
    }

    @Test
    void shouldCaptureByBuilderInFewTimesWhatPlainCopyingTakes() throws Exception {
        shouldCapture(Way.BUILDER);
    }

    @Test
    void shouldCaptureByTranslatorInFewTimesWhatPlainCopyingTakes() throws Exception {
        shouldCapture(Way.TRANSLATOR);
    }

    @Test
    void shouldEncodeAndCompressInLessThanZlibTakesToCompress() throws Exception {
        EncodeBenchmark encode = new EncodeBenchmark();
        encode.shape = Shape.REFERENCE;
        encode.prepare();
        CompressionBenchmark compression = new CompressionBenchmark();
        compression.shape = Shape.REFERENCE;
        compression.batch = 100;
        compression.prepare();
        Duel duel = new Duel(
                () -> timed(EVENTS, () -> {
                    int bytes = compression.eventAware();
                    for (int i = 0; i < EVENTS; i++) {
                        bytes += encode.ownWriter();
                    }
                    return bytes;
                }),
                () -> timed(EVENTS, compression::heapArrays));

        assertThat(duel.ratio(BODY_BOUND)).as(duel::toString).isLessThan(BODY_BOUND);
        compression.report();
    }

    @Test
    void shouldAnswerAFlagInFewTimesWhatItsHashTakes() throws Exception {
        Library library = new Library();
        library.library = LibraryName.PENSTOCK;
        library.open();
        Caller caller = new Caller();
        caller.prepare(library);
        FlagEvaluationBenchmark flags = new FlagEvaluationBenchmark();
        FlagFloorBenchmark floor = new FlagFloorBenchmark();
        floor.prepare();
        Duel duel = new Duel(
                () -> timed(BURST, () -> {
                    int on = 0;
                    for (int i = 0; i < BURST; i++) {
                        on += flags.onOffKept(library, caller) ? 1 : 0;
                    }
                    return on;
                }),
                () -> timed(BURST, () -> {
                    long sum = 0;
                    for (int i = 0; i < BURST; i++) {
                        sum += floor.sha1();
                    }
                    return sum;
                }));

        assertThat(duel.ratio(FLAG_BOUND)).as(duel::toString).isLessThan(FLAG_BOUND);
        library.close();
    }
}

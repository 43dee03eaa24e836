package dev.penstock.stress.flags;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.EventTranslator;
import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagUsage;
import dev.penstock.engine.flags.result.EvaluatedFlag;
import dev.penstock.engine.flags.usage.UsageReporter;
import dev.penstock.engine.flags.usage.UsageSink;
import dev.penstock.engine.flags.usage.UsageSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** How often a use of a flag may be reported by threads that read it at once. */
public final class UsageReporterStress {
    private static final FlagContext SOMEBODY = FlagContext.of("somebody");
    private static final FlagContext ANOTHER = FlagContext.of("another");
    private static final EvaluatedFlag FLAG = EvaluatedFlag.missing("flag", "flag_missing");
    private static final UsageSource SOURCE = new UsageSource(null, 0, 0, false, null);

    private UsageReporterStress() {}

    /** Counts. */
    private static final class Counting implements UsageSink {
        private final AtomicInteger uses = new AtomicInteger();

        @Override
        public <U> CaptureResult capture(EventTranslator<U> translator, U use, boolean minimal) {
            uses.incrementAndGet();
            return CaptureResult.ACCEPTED;
        }
    }

    private static UsageReporter reporter(int maxIds, UsageSink sink) {
        return new UsageReporter(FlagUsage.EVENTS, maxIds, () -> 0, sink, (message, cause) -> {
            throw new IllegalStateException(message, cause);
        });
    }

    /** Of two threads that read the same, exactly one reports. */
    @JCStressTest
    @State
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "one of both was the first")
    public static class OnlyOneIsFirst {
        private final Counting sink = new Counting();
        private final UsageReporter reporter = reporter(16, sink);

        /** Reads. */
        @Actor
        public void one() {
            reporter.read(SOMEBODY, FLAG, SOURCE);
        }

        /** Reads the same. */
        @Actor
        public void other() {
            reporter.read(SOMEBODY, FLAG, SOURCE);
        }

        /**
         * Counts.
         *
         * @param r reports
         */
        @Arbiter
        public void count(I_Result r) {
            r.r1 = sink.uses.get();
        }
    }

    /** With room for one id, two ids push each other out, and no use is left out for it. */
    @JCStressTest
    @State
    @Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "each was the first of its id")
    public static class PushedOutIsNotLost {
        private final Counting sink = new Counting();
        private final UsageReporter reporter = reporter(1, sink);

        /** Reads for one. */
        @Actor
        public void one() {
            reporter.read(SOMEBODY, FLAG, SOURCE);
        }

        /** Reads for another. */
        @Actor
        public void other() {
            reporter.read(ANOTHER, FLAG, SOURCE);
        }

        /**
         * Counts.
         *
         * @param r reports
         */
        @Arbiter
        public void count(I_Result r) {
            r.r1 = sink.uses.get();
        }
    }
}

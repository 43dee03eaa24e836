package dev.penstock.stress.flags;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.ClientConfig;
import dev.penstock.client.EventTranslator;
import dev.penstock.client.flags.FlagClient;
import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagEvaluations;
import dev.penstock.client.flags.FlagOptions;
import dev.penstock.client.flags.FlagOverride;
import dev.penstock.client.flags.FlagValue;
import dev.penstock.engine.flags.FlagAssembly;
import dev.penstock.engine.flags.FlagSurroundings;
import dev.penstock.engine.flags.usage.UsageSink;
import dev.penstock.engine.stats.DistinctErrors;
import java.time.InstantSource;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** What an evaluation may see while the state of the flags is replaced. */
public final class FlagStateStress {
    private static final FlagContext SOMEBODY = FlagContext.of("somebody");
    private static final ClientConfig CONFIG =
            ClientConfig.builder("phc_stress").build();
    private static final List<FlagOverride> BOTH =
            List.of(FlagOverride.of("first", FlagValue.of(true)), FlagOverride.of("second", FlagValue.of(true)));

    private FlagStateStress() {}

    private static FlagClient client() {
        return new FlagAssembly(
                        CONFIG,
                        new FlagSurroundings(
                                null,
                                role -> Thread::new,
                                InstantSource.system(),
                                System::currentTimeMillis,
                                new DistinctErrors(() -> System.getLogger("stress"), "stress", 1, null),
                                change -> {},
                                new DeafSink(),
                                context -> context))
                .assemble(1);
    }

    /** Takes no event. */
    private static final class DeafSink implements UsageSink {
        @Override
        public <U> CaptureResult capture(EventTranslator<U> translator, U use, boolean minimal) {
            return CaptureResult.DISABLED;
        }
    }

    /** One evaluation sees one state: all of what was set together, or nothing of it. */
    @JCStressTest
    @State
    @Outcome(id = "false, false", expect = Expect.ACCEPTABLE, desc = "evaluated before the swap")
    @Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "evaluated after the swap")
    public static class OneEvaluationSeesOneState {
        private final FlagClient client = client();

        /** Swaps. */
        @Actor
        public void setter() {
            client.override(BOTH);
        }

        /**
         * Evaluates, then reads both.
         *
         * @param r whether each was on
         */
        @Actor
        public void reader(ZZ_Result r) {
            FlagEvaluations evaluations = client.evaluateFlags(SOMEBODY, FlagOptions.DEFAULT);
            r.r1 = evaluations.isEnabled("first");
            r.r2 = evaluations.isEnabled("second");
        }
    }
}

package dev.penstock.engine.capture;

import dev.penstock.client.flags.FlagContext;
import dev.penstock.engine.context.ContextScopes;
import dev.penstock.engine.record.AttachedFlags;
import dev.penstock.engine.record.KeyRegistry;
import dev.penstock.engine.record.RecordViewer;
import dev.penstock.engine.stats.DistinctErrors;
import dev.penstock.engine.stats.ResultCounters;
import dev.penstock.engine.time.CoarseClock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What all scratches of a channel share.
 *
 * @param keys the registered property keys
 * @param maxEventBytes the limit of an event's JSON
 * @param clock stamps events
 * @param idSource makes UUIDs, or null for UUIDv7 of our own
 * @param objects serializes what no rule of ours covers
 * @param publisher the way into the rings
 * @param counters counts answers and replaced values
 * @param errors told about values that fail
 * @param onClosed called for every capture after the close
 * @param shaping what events take from their surroundings
 */
public record CaptureContext(
        KeyRegistry keys,
        int maxEventBytes,
        CoarseClock clock,
        Supplier<UUID> idSource,
        ObjectSerializer objects,
        EventPublisher publisher,
        ResultCounters counters,
        DistinctErrors errors,
        Runnable onClosed,
        Shaping shaping) {

    /**
     * What events take from their surroundings.
     *
     * @param superProperties the properties that every event gets
     * @param contexts the request contexts
     * @param localFlags evaluates all flags locally, for events that ask for it; null if nobody is asked about
     * @param hooks before-send and the recorder, or null if there are none
     * @param viewers makes what shows events to hooks
     * @param waits where captures that wait are entered
     * @param synchronousTimeout how long every capture waits, or null if it does not
     * @param sampling leaves events out, or null if none are
     */
    public record Shaping(
            SuperPropertyStore superProperties,
            ContextScopes contexts,
            Function<FlagContext, AttachedFlags> localFlags,
            EventHooks hooks,
            Supplier<RecordViewer> viewers,
            OutcomeWaits waits,
            Duration synchronousTimeout,
            Sampling sampling) {

        /**
         * Surroundings of events of which none are left out.
         *
         * @param superProperties the properties that every event gets
         * @param contexts the request contexts
         * @param localFlags evaluates all flags locally, or null
         * @param hooks before-send and the recorder, or null
         * @param viewers makes what shows events to hooks
         * @param waits where captures that wait are entered
         * @param synchronousTimeout how long every capture waits, or null
         */
        public Shaping(
                SuperPropertyStore superProperties,
                ContextScopes contexts,
                Function<FlagContext, AttachedFlags> localFlags,
                EventHooks hooks,
                Supplier<RecordViewer> viewers,
                OutcomeWaits waits,
                Duration synchronousTimeout) {
            this(superProperties, contexts, localFlags, hooks, viewers, waits, synchronousTimeout, null);
        }

        /**
         * The same surroundings, but some events are left out.
         *
         * @param rules decide which; null for none
         * @return surroundings with these rules
         */
        public Shaping sampledBy(Sampling rules) {
            return new Shaping(superProperties, contexts, localFlags, hooks, viewers, waits, synchronousTimeout, rules);
        }

        /**
         * Nothing: records are what their caller writes, and nobody waits.
         *
         * @return surroundings without effect
         */
        public static Shaping none() {
            return waiting(null);
        }

        /**
         * Nothing, but that captures may wait for their outcome.
         *
         * @param waits where captures that wait are entered
         * @return surroundings without another effect
         */
        public static Shaping waiting(OutcomeWaits waits) {
            return new Shaping(
                    new SuperPropertyStore(properties -> null, properties -> Map.of()),
                    new ContextScopes(properties -> null, (problem, cause) -> {}),
                    subject -> null,
                    null,
                    null,
                    waits,
                    null);
        }
    }
}

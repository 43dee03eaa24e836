package dev.penstock.engine;

import dev.penstock.client.AiClient;
import dev.penstock.client.AliasBuilder;
import dev.penstock.client.CaptureClient;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.ClientConfig;
import dev.penstock.client.ClientStats;
import dev.penstock.client.CloseReport;
import dev.penstock.client.EventBuilder;
import dev.penstock.client.EventTranslator;
import dev.penstock.client.FlushResult;
import dev.penstock.client.PropertyKey;
import dev.penstock.client.SelfCheckReport;
import dev.penstock.client.SendReport;
import dev.penstock.client.SuperProperties;
import dev.penstock.client.context.ContextClient;
import dev.penstock.client.errors.ExceptionDetails;
import dev.penstock.client.flags.FlagClient;
import dev.penstock.client.logs.LogClient;
import dev.penstock.engine.capture.CaptureGate;
import dev.penstock.engine.capture.EventKind;
import dev.penstock.engine.capture.EventPublisher;
import dev.penstock.engine.capture.EventScratch;
import dev.penstock.engine.capture.ScratchPool;
import dev.penstock.engine.errors.ExceptionEvents;
import dev.penstock.engine.record.KeyRegistry;
import dev.penstock.engine.record.ReservedProperties;
import dev.penstock.engine.stats.DistinctErrors;
import java.time.Duration;
import java.util.Map;

/**
 * The client: hands captures to a scratch, and flush, close and account to the parts that do them.
 *
 * <p><b>Threads:</b> any; see {@link CaptureClient}.
 */
public final class IngestionEngine implements CaptureClient {

    private static final String SCREEN_NAME = "$screen_name";

    private final ClientConfig config;
    private final KeyRegistry keys;
    private final ScratchPool scratches;
    private final EventPublisher publisher;
    private final CaptureGate gate;
    private final DistinctErrors errors;
    private final Surroundings surroundings;
    private final Flusher flusher;
    private final StatsReader stats;
    private final Shutdown shutdown;

    /**
     * What an application reaches through the client besides capturing.
     *
     * @param flags feature flags
     * @param ai AI events
     * @param logs log records
     * @param contexts request contexts
     * @param superProperties properties of every event
     * @param exceptions writes what was thrown
     */
    record Surroundings(
            FlagClient flags,
            AiClient ai,
            LogClient logs,
            ContextClient contexts,
            SuperProperties superProperties,
            ExceptionEvents exceptions) {}

    IngestionEngine(
            ClientConfig config,
            KeyRegistry keys,
            Channel events,
            CaptureGate gate,
            DistinctErrors errors,
            Surroundings surroundings,
            Flusher flusher,
            StatsReader stats,
            Shutdown shutdown) {
        this.config = config;
        this.keys = keys;
        this.scratches = events.scratches();
        this.publisher = events.publisher();
        this.gate = gate;
        this.errors = errors;
        this.surroundings = surroundings;
        this.flusher = flusher;
        this.stats = stats;
        this.shutdown = shutdown;
    }

    /**
     * Makes and starts an engine.
     *
     * @param config the configuration
     * @return a started engine
     */
    public static IngestionEngine start(ClientConfig config) {
        return new EngineAssembly(config).start();
    }

    @Override
    public String name() {
        return config.name();
    }

    @Override
    public CaptureResult capture(String distinctId, String event, Map<String, ?> properties) {
        return scratches
                .acquire()
                .begin(event)
                .distinctId(distinctId)
                .putAll(properties)
                .send();
    }

    @Override
    public <A> CaptureResult capture(EventTranslator<? super A> translator, A argument) {
        EventScratch scratch = scratches.acquire();
        scratch.begin(null);
        if (!translated(translator, scratch, argument)) {
            scratch.answer(CaptureResult.INVALID);
        }
        return scratch.send();
    }

    @Override
    public SendReport captureAndAwait(String distinctId, String event, Map<String, ?> properties, Duration timeout) {
        return event(event).distinctId(distinctId).putAll(properties).sendAndAwait(timeout);
    }

    /** The translator is user code: whatever it throws, nothing is published. */
    private <A> boolean translated(EventTranslator<? super A> translator, EventScratch scratch, A argument) {
        try {
            translator.translate(scratch, argument);
            return true;
        } catch (Throwable e) {
            errors.warn("translator threw", "a translator threw " + e.getClass().getName(), e);
            return false;
        }
    }

    @Override
    public EventBuilder event(String name) {
        return scratches.acquire().begin(name);
    }

    @Override
    public EventBuilder identify(String distinctId) {
        return scratches.acquire().begin(EventKind.IDENTIFY, "$identify").distinctId(distinctId);
    }

    @Override
    public EventBuilder identify(String distinctId, String anonymousId) {
        EventBuilder event = identify(distinctId);
        return anonymousId == null || anonymousId.isBlank() ? event : event.put("$anon_distinct_id", anonymousId);
    }

    @Override
    public EventBuilder person(String distinctId) {
        return scratches.acquire().begin(EventKind.PERSON, "$set").distinctId(distinctId);
    }

    @Override
    public AliasBuilder alias() {
        return new AliasEvent(scratches);
    }

    @Override
    public EventBuilder groupIdentify(String type, String key) {
        EventScratch event = scratches.acquire().begin(EventKind.GROUP_IDENTIFY, "$groupidentify");
        if (type == null || type.isBlank() || key == null || key.isBlank()) {
            return event.reject("groupIdentify without a group type and key is dropped");
        }
        return event.defaultDistinctId("$" + type + "_" + key)
                .put("$group_type", type)
                .put("$group_key", key)
                .put("$group_set", Map.of());
    }

    @Override
    public EventBuilder pageview(String url) {
        EventScratch event = scratches.acquire().begin("$pageview");
        return url == null ? event : event.put("$current_url", url);
    }

    @Override
    public EventBuilder screen(String screenName) {
        EventScratch event = scratches.acquire().begin("$screen");
        return screenName == null ? event : event.put(SCREEN_NAME, screenName).reserve(SCREEN_NAME::equals);
    }

    @Override
    public EventBuilder exception(Object thrown, ExceptionDetails details) {
        EventScratch event = scratches.acquire().begin(EventKind.EXCEPTION, "$exception");
        CaptureResult refusal = gate.refusal();
        if (refusal != null) {
            return event.answer(refusal); // nothing else is asked or done, also if it is accepted by then
        }
        if (thrown == null) {
            return event.reject("exception without anything thrown is dropped");
        }
        try {
            if (surroundings.exceptions().isIgnored(thrown)) {
                return event.answer(CaptureResult.FILTERED);
            }
            surroundings.exceptions().write(thrown, details, event);
        } catch (Throwable e) {
            errors.warn("exception not written", "an exception could not be turned into an event: " + e.getClass(), e);
            return event.answer(CaptureResult.INVALID);
        }
        return event.reserve(ReservedProperties::contains);
    }

    @Override
    public CaptureResult captureException(String distinctId, Throwable thrown, Map<String, ?> properties) {
        return exception(thrown, ExceptionDetails.MANUAL)
                .distinctId(distinctId)
                .putAll(properties)
                .send();
    }

    @Override
    public CaptureResult captureException(Throwable thrown) {
        return exception(thrown, ExceptionDetails.MANUAL).send();
    }

    @Override
    public PropertyKey propertyKey(String name) {
        return keys.register(name);
    }

    @Override
    public FlagClient flags() {
        return surroundings.flags();
    }

    @Override
    public AiClient ai() {
        return surroundings.ai();
    }

    @Override
    public LogClient logs() {
        return surroundings.logs();
    }

    @Override
    public ContextClient contexts() {
        return surroundings.contexts();
    }

    @Override
    public SuperProperties superProperties() {
        return surroundings.superProperties();
    }

    @Override
    public void setEnabled(boolean enabled) {
        gate.setEnabled(enabled);
    }

    @Override
    public boolean isEnabled() {
        return gate.refusal() == null;
    }

    @Override
    public void optOut() {
        gate.setOptedOut(true);
    }

    @Override
    public void optIn() {
        gate.setOptedOut(false);
    }

    @Override
    public boolean isOptedOut() {
        return gate.isOptedOut();
    }

    @Override
    public void debug() {
        debug(true);
    }

    @Override
    public void debug(boolean enabled) {
        errors.setDebug(enabled);
    }

    @Override
    public boolean isDebug() {
        return errors.isDebug();
    }

    @Override
    public FlushResult flush(Duration timeout) {
        return shutdown.hasBegun() ? FlushResult.CLOSED : flusher.flush(timeout);
    }

    @Override
    public SelfCheckReport selfCheck(Duration timeout) {
        return new ClientSelfCheck(config, gate, shutdown::hasBegun).ofPostHog(timeout);
    }

    @Override
    public CloseReport close(Duration timeout) {
        return shutdown.close(timeout);
    }

    @Override
    public void close() {
        shutdown.close(config.closeTimeout());
    }

    @Override
    public CloseReport discard() {
        return shutdown.discard();
    }

    @Override
    public long remainingCapacity() {
        return publisher.remainingCapacity();
    }

    @Override
    public ClientStats stats() {
        return stats.read();
    }

    @Override
    public String toString() {
        return "IngestionEngine{name=" + config.name() + ", host=" + config.host() + ", "
                + (gate.refusal() == null ? "open" : gate.refusal()) + "}";
    }
}

package dev.penstock.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.penstock.client.BeforeSend;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.OverflowPolicy;
import dev.penstock.client.flags.FlagValue;
import dev.penstock.client.testing.EventRecorder;
import dev.penstock.engine.context.ContextScopes;
import dev.penstock.engine.deflate.MarkedValues;
import dev.penstock.engine.encode.EventEncoder;
import dev.penstock.engine.encode.EventShape;
import dev.penstock.engine.encode.EventViewer;
import dev.penstock.engine.encode.JsonOutput;
import dev.penstock.engine.encode.SystemProperties;
import dev.penstock.engine.record.AttachedFlags;
import dev.penstock.engine.record.KeyRegistry;
import dev.penstock.engine.record.PropertySnapshot;
import dev.penstock.engine.ring.CaptureRing;
import dev.penstock.engine.ring.RecordHandler;
import dev.penstock.engine.stats.DistinctErrors;
import dev.penstock.engine.stats.RecordingLogger;
import dev.penstock.engine.stats.ResultCounters;
import dev.penstock.engine.time.CoarseClock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The way of an event from builder to JSON, without a thread of the engine's: a test sends into the ring and reads it
 * out again when it likes. JSON is parsed strictly, so a duplicate member anywhere is a failure.
 */
public final class CaptureRig {

    /** What the rig's clock says. */
    public static final Instant NOW = Instant.parse("2026-03-01T10:00:04.871Z");

    /** Only what every event must have. */
    public static final Map<String, Object> LIB_ONLY = Map.of("$lib", "rig");

    private static final int STRIPES = 16;
    private static final int MAX_EVENT_BYTES = 900 * 1024;
    private static final long MINUTE_NS = 60_000_000_000L;

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final KeyRegistry keys = new KeyRegistry();
    private final ResultCounters counters = new ResultCounters(STRIPES);
    private final RecordingLogger logger = new RecordingLogger();
    private final DistinctErrors errors = new DistinctErrors(() -> logger, "rig", MINUTE_NS, null);
    private final CaptureRing ring = new CaptureRing(4_096, 16 * 1024 * 1024);
    private final ObjectSerializer objects = new ObjectSerializer(errors);
    private final CaptureGate gate = new CaptureGate(false, false);
    private final SuperPropertyStore superProperties = new SuperPropertyStore(this::snapshot, this::readBack);
    private final ContextScopes contexts = new ContextScopes(this::snapshot, (problem, cause) -> {});
    private final EventPublisher publisher;
    private final ScratchPool pool;
    private final EventEncoder encoder;
    private final JsonOutput out = new JsonOutput(1_024);
    private final RecordHandler encode;
    private final AtomicInteger closedCaptures = new AtomicInteger();
    private final List<String> encoded = new ArrayList<>();

    private CaptureRig(Map<String, Object> systemProperties, int maxEventBytes, Supplier<UUID> idSource) {
        this(systemProperties, maxEventBytes, idSource, EventShape.PROPERTIES, List.of(), null, null);
    }

    private CaptureRig(
            Map<String, Object> systemProperties,
            int maxEventBytes,
            Supplier<UUID> idSource,
            EventShape shape,
            List<BeforeSend> hooks,
            EventRecorder recorder,
            Sampling sampling) {
        publisher = new EventPublisher(
                new CaptureRing[] {ring}, counters, OverflowPolicy.DROP_NEWEST, 0, () -> false, gate);
        CaptureContext context = new CaptureContext(
                keys,
                maxEventBytes,
                new CoarseClock(InstantSource.fixed(NOW)),
                idSource,
                objects,
                publisher,
                counters,
                errors,
                closedCaptures::incrementAndGet,
                new CaptureContext.Shaping(
                        superProperties,
                        contexts,
                        subject -> new AttachedFlags(Map.of("for " + subject.distinctId(), FlagValue.TRUE)),
                        hooks.isEmpty() && recorder == null ? null : new EventHooks(hooks, recorder, errors),
                        () -> new EventViewer(
                                new EventEncoder(keys, new SystemProperties(systemProperties), EventShape.PROPERTIES)),
                        null,
                        null,
                        sampling));
        pool = new ScratchPool(STRIPES, stripe -> new EventScratch(context, stripe));
        encoder = new EventEncoder(keys, new SystemProperties(systemProperties), shape);
        encode = (bytes, offset, length, references, at) -> {
            encode(bytes, offset, references, at);
            return true;
        };
    }

    /**
     * A rig whose client adds what a client adds by default.
     *
     * @return a rig
     */
    public static CaptureRig create() {
        return with(allSystemProperties());
    }

    /**
     * A rig whose client adds only {@code $lib}.
     *
     * @return a rig
     */
    public static CaptureRig bare() {
        return with(LIB_ONLY);
    }

    /**
     * A rig with properties of the client's.
     *
     * @param systemProperties what the client adds
     * @return a rig
     */
    public static CaptureRig with(Map<String, Object> systemProperties) {
        return new CaptureRig(systemProperties, MAX_EVENT_BYTES, null);
    }

    /**
     * A rig with a limit of an event's size.
     *
     * @param maxEventBytes the limit
     * @return a rig
     */
    public static CaptureRig limited(int maxEventBytes) {
        return new CaptureRig(LIB_ONLY, maxEventBytes, null);
    }

    /**
     * A rig that leaves events out.
     *
     * @param sampling decides which
     * @param hooks see what is kept
     * @return a rig
     */
    static CaptureRig sampled(Sampling sampling, BeforeSend... hooks) {
        return new CaptureRig(LIB_ONLY, MAX_EVENT_BYTES, null, EventShape.PROPERTIES, List.of(hooks), null, sampling);
    }

    /**
     * A rig with an id source of the user's.
     *
     * @param idSource makes UUIDs
     * @return a rig
     */
    public static CaptureRig identified(Supplier<UUID> idSource) {
        return new CaptureRig(LIB_ONLY, MAX_EVENT_BYTES, idSource);
    }

    /**
     * What a client adds by default, with fixed values.
     *
     * @return name to value, in the order of the wire
     */
    public static Map<String, Object> allSystemProperties() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("$lib", "penstock-java");
        properties.put("$lib_version", "1.2.3");
        properties.put("$is_server", true);
        properties.put("$geoip_disable", true);
        properties.put("$os", "Linux");
        properties.put("$os_version", "6.1");
        properties.put("$java_version", "17");
        return properties;
    }

    KeyRegistry keys() {
        return keys;
    }

    /**
     * The registered keys.
     *
     * @return the registry of this rig's client
     */
    public KeyRegistry registry() {
        return keys;
    }

    ResultCounters counters() {
        return counters;
    }

    RecordingLogger logger() {
        return logger;
    }

    DistinctErrors errors() {
        return errors;
    }

    ObjectSerializer objects() {
        return objects;
    }

    EventPublisher publisher() {
        return publisher;
    }

    int closedCaptures() {
        return closedCaptures.get();
    }

    ScratchPool pool() {
        return pool;
    }

    CaptureRing ring() {
        return ring;
    }

    private Map<String, Object> readBack(Map<String, ?> properties) {
        return pool.acquire().readBack(properties);
    }

    private PropertySnapshot snapshot(Map<String, ?> properties) {
        return pool.acquire().snapshot(properties);
    }

    /**
     * A rig whose events have this shape.
     *
     * @param shape what the protocol wants
     * @param systemProperties what the client adds
     * @return a rig
     */
    public static CaptureRig shaped(EventShape shape, Map<String, Object> systemProperties) {
        return new CaptureRig(systemProperties, 900 * 1024, null, shape, List.of(), null, null);
    }

    /**
     * A rig with hooks, whose client adds what a client adds by default.
     *
     * @param recorder takes accepted events, or null
     * @param hooks the hooks, in order
     * @return a rig
     */
    public static CaptureRig hooked(EventRecorder recorder, BeforeSend... hooks) {
        return new CaptureRig(
                allSystemProperties(), 900 * 1024, null, EventShape.PROPERTIES, List.of(hooks), recorder, null);
    }

    /**
     * The rig's super properties.
     *
     * @return always the same
     */
    public SuperPropertyStore superProperties() {
        return superProperties;
    }

    /**
     * The rig's request contexts.
     *
     * @return always the same
     */
    public ContextScopes contexts() {
        return contexts;
    }

    /**
     * What opens and closes the rig.
     *
     * @return always the same
     */
    public CaptureGate gate() {
        return gate;
    }

    /**
     * Begins an event of the rig's usual id.
     *
     * @return a builder
     */
    public EventScratch event() {
        return pool.acquire().begin("rig event").distinctId("rig-1");
    }

    private void encode(byte[] bytes, int offset, Object[] references, int at) {
        out.clear();
        encoder.encode(bytes, offset, references, at, out);
    }

    /** Encodes what is in the ring and drops the JSON; what this allocates, the encoder allocates. */
    int encodeAll() {
        return ring.poll(encode, Integer.MAX_VALUE);
    }

    /**
     * What the last event that was read has besides its values.
     *
     * @return JSON with something else in place of each value
     */
    public String betweenValues() {
        return MarkedValues.between(out);
    }

    /**
     * Reads everything out of the ring.
     *
     * @return the events as JSON, in publish order
     */
    public List<String> drain() {
        encoded.clear();
        ring.poll(
                (bytes, offset, length, references, at) -> {
                    encode(bytes, offset, references, at);
                    MarkedValues.check(out);
                    encoded.add(out.toString());
                    return true;
                },
                Integer.MAX_VALUE);
        return List.copyOf(encoded);
    }

    /**
     * Fills an event, sends it and reads it back.
     *
     * @param filling fills it
     * @return its JSON
     */
    public String json(Consumer<EventScratch> filling) {
        EventScratch event = event();
        filling.accept(event);
        assertThat(event.send()).isEqualTo(CaptureResult.ACCEPTED);
        List<String> events = drain();
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    /**
     * Fills an event, sends it and reads it back.
     *
     * @param filling fills it
     * @return the event, parsed strictly
     */
    public JsonNode tree(Consumer<EventScratch> filling) {
        return parse(json(filling));
    }

    /**
     * Fills an event, sends it and reads its record out of the ring.
     *
     * @param filling fills it
     * @return the record from index 0
     */
    public byte[] recordOf(Consumer<EventScratch> filling) {
        EventScratch event = event();
        filling.accept(event);
        assertThat(event.send()).isEqualTo(CaptureResult.ACCEPTED);
        List<byte[]> records = new ArrayList<>();
        ring.poll(
                (bytes, offset, length, references, at) ->
                        records.add(java.util.Arrays.copyOfRange(bytes, offset, offset + length)),
                1);
        return records.get(0);
    }

    /**
     * Has warnings said.
     *
     * @return all that was said so far
     */
    public List<String> warnings() {
        errors.report(System.nanoTime());
        return logger.lines().stream().map(RecordingLogger.Line::message).toList();
    }

    /**
     * Fills an event, sends it and reads its properties back.
     *
     * @param filling fills it
     * @return the properties, parsed strictly
     */
    public JsonNode properties(Consumer<EventScratch> filling) {
        return tree(filling).get("properties");
    }

    /**
     * The text of the only property of a {@linkplain #bare() bare} rig's event.
     *
     * @param filling puts one property
     * @return its value as it stands in the JSON
     */
    public String valueText(Consumer<EventScratch> filling) {
        String json = json(filling);
        parse(json);
        String before = "\"properties\":{\"$lib\":\"rig\",\"k\":";
        assertThat(json).contains(before).endsWith("}}");
        return json.substring(json.indexOf(before) + before.length(), json.length() - 2);
    }

    /**
     * Parses JSON; a duplicate member or anything after the end is an error.
     *
     * @param json the text
     * @return the tree
     */
    public static JsonNode parse(String json) {
        try {
            return STRICT.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not strictly JSON: " + json, e);
        }
    }
}

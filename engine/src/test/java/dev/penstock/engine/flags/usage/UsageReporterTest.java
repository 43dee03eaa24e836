package dev.penstock.engine.flags.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.EventTranslator;
import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagPayload;
import dev.penstock.client.flags.FlagUsage;
import dev.penstock.client.flags.FlagValue;
import dev.penstock.engine.capture.CaptureRig;
import dev.penstock.engine.capture.EventScratch;
import dev.penstock.engine.flags.result.EvaluatedFlag;
import dev.penstock.engine.flags.result.FlagMetadata;
import dev.penstock.engine.flags.result.PayloadReader;
import dev.penstock.engine.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class UsageReporterTest {

    private static final FlagContext PLAYER =
            FlagContext.builder("player-1").group("guild", "g-1").build();
    private static final UsageSource DEFINITIONS = new UsageSource(null, 0, 1_000, false, null);
    private static final UsageSource MINIMAL = new UsageSource(null, 0, 1_000, true, null);
    private static final UsageSource SERVER = new UsageSource("r-1", 4_000, 0, true, false);
    private static final FlagMetadata EXPERIMENT =
            new FlagMetadata(OptionalLong.of(31), OptionalInt.empty(), Optional.of(true));
    private static final FlagMetadata NO_EXPERIMENT =
            new FlagMetadata(OptionalLong.of(31), OptionalInt.of(4), Optional.of(false));

    private final CaptureRig rig = CaptureRig.bare();
    private final ManualClock clock = new ManualClock(Instant.ofEpochMilli(5_000));

    private final List<String> problems = new ArrayList<>();
    private CaptureResult refusal;

    private final UsageSink sink = new UsageSink() {
        @Override
        public <U> CaptureResult capture(EventTranslator<U> translator, U use, boolean minimal) {
            if (refusal != null) {
                return refusal;
            }
            EventScratch scratch = rig.event().distinctId(null);
            translator.translate(scratch, use);
            return scratch.send();
        }
    };

    private UsageReporter reporter(FlagUsage usage) {
        return new UsageReporter(usage, 100, clock::millis, sink, (message, cause) -> problems.add(message));
    }

    private static EvaluatedFlag lobby(FlagValue value, FlagMetadata metadata) {
        Optional<FlagPayload> payload = new PayloadReader((message, cause) -> {
                    throw new AssertionError(message);
                })
                .read("lobby", "{\"rooms\":[1,2]}");
        return EvaluatedFlag.local("lobby", value, payload, metadata);
    }

    private List<JsonNode> events() {
        List<JsonNode> events = new ArrayList<>();
        for (String json : rig.drain()) {
            try {
                events.add(new ObjectMapper().readTree(json));
            } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
                throw new AssertionError(json, e);
            }
        }
        return events;
    }

    private static Set<String> names(JsonNode event) {
        Set<String> names = new TreeSet<>();
        event.get("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void shouldReportALocalValueWithEverythingKnown() {
        reporter(FlagUsage.EVENTS).read(PLAYER, lobby(FlagValue.variant("blue"), EXPERIMENT), DEFINITIONS);

        JsonNode event = events().get(0);
        JsonNode properties = event.get("properties");
        assertThat(event.get("event").textValue()).isEqualTo("$feature_flag_called");
        assertThat(event.get("distinct_id").textValue()).isEqualTo("player-1");
        assertThat(properties.get("$feature_flag").textValue()).isEqualTo("lobby");
        assertThat(properties.get("$feature_flag_response").textValue()).isEqualTo("blue");
        assertThat(properties.get("$feature/lobby").textValue()).isEqualTo("blue");
        assertThat(properties.get("locally_evaluated").booleanValue()).isTrue();
        assertThat(properties.get("$feature_flag_payload").toString()).isEqualTo("{\"rooms\":[1,2]}");
        assertThat(properties.get("$feature_flag_id").longValue()).isEqualTo(31);
        assertThat(properties.get("$feature_flag_reason").textValue()).isEqualTo("Evaluated locally");
        assertThat(properties.get("$feature_flag_has_experiment").booleanValue())
                .isTrue();
        assertThat(properties.get("$feature_flag_evaluated_at").longValue()).isEqualTo(5_000);
        assertThat(properties.get("$feature_flag_definitions_loaded_at").longValue())
                .isEqualTo(1_000);
        assertThat(properties.get("$groups").toString()).isEqualTo("{\"guild\":\"g-1\"}");
        assertThat(names(event)).hasSize(12).doesNotContain("$feature_flag_version", "$feature_flag_error");
    }

    @Test
    void shouldReportAServersValueWithItsOrigin() {
        EvaluatedFlag remote = EvaluatedFlag.remote(
                "lobby", FlagValue.TRUE, Optional.empty(), "Matched condition set 2", null, EXPERIMENT);
        reporter(FlagUsage.EVENTS).read(PLAYER, remote, SERVER);

        JsonNode properties = events().get(0).get("properties");
        assertThat(properties.get("$feature_flag_response").booleanValue()).isTrue();
        assertThat(properties.get("locally_evaluated").booleanValue()).isFalse();
        assertThat(properties.get("$feature_flag_request_id").textValue()).isEqualTo("r-1");
        assertThat(properties.get("$feature_flag_evaluated_at").longValue()).isEqualTo(4_000);
        assertThat(properties.get("$feature_flag_reason").textValue()).isEqualTo("Matched condition set 2");
        assertThat(properties.has("$feature_flag_definitions_loaded_at")).isFalse();
        assertThat(properties.has("$feature_flag_payload")).isFalse();
        assertThat(properties.has("$geoip_disable")).isFalse();
    }

    @Test
    void shouldReportAMissingFlagWithANullAndItsError() {
        reporter(FlagUsage.EVENTS).read(PLAYER, EvaluatedFlag.missing("nope", "flag_missing"), DEFINITIONS);

        JsonNode properties = events().get(0).get("properties");
        assertThat(properties.get("$feature_flag_response").isNull()).isTrue();
        assertThat(properties.get("$feature/nope").isNull()).isTrue();
        assertThat(properties.get("locally_evaluated").booleanValue()).isFalse();
        assertThat(properties.get("$feature_flag_error").textValue()).isEqualTo("flag_missing");
    }

    @Test
    void shouldKeepToTheAllowedPropertiesInItsMinimalForm() {
        reporter(FlagUsage.EVENTS).read(PLAYER, lobby(FlagValue.TRUE, NO_EXPERIMENT), MINIMAL);

        assertThat(names(events().get(0)))
                .containsExactly(
                        "$feature_flag",
                        "$feature_flag_evaluated_at",
                        "$feature_flag_has_experiment",
                        "$feature_flag_id",
                        "$feature_flag_reason",
                        "$feature_flag_response",
                        "$feature_flag_version",
                        "$groups",
                        "$lib",
                        "locally_evaluated");
    }

    @Test
    void shouldUseTheFullFormForExperimentsAndWhereItIsUnknown() {
        UsageReporter reporter = reporter(FlagUsage.EVENTS);
        reporter.read(PLAYER, lobby(FlagValue.TRUE, EXPERIMENT), MINIMAL);
        reporter.read(PLAYER, lobby(FlagValue.FALSE, FlagMetadata.NONE), MINIMAL);
        reporter.read(PLAYER, lobby(FlagValue.variant("a"), NO_EXPERIMENT), DEFINITIONS);

        assertThat(events()).hasSize(3).allMatch(event -> names(event).contains("$feature/lobby"));
    }

    @Test
    void shouldReportEachCombinationOnce() {
        UsageReporter reporter = reporter(FlagUsage.EVENTS);
        FlagContext alone = FlagContext.of("player-1");
        FlagContext other = FlagContext.of("player-2");
        for (int i = 0; i < 3; i++) {
            reporter.read(PLAYER, lobby(FlagValue.TRUE, EXPERIMENT), DEFINITIONS);
            reporter.read(PLAYER, lobby(FlagValue.variant("true"), EXPERIMENT), DEFINITIONS);
            reporter.read(PLAYER, EvaluatedFlag.missing("lobby", null), DEFINITIONS);
            reporter.read(alone, lobby(FlagValue.TRUE, EXPERIMENT), DEFINITIONS);
            reporter.read(other, lobby(FlagValue.TRUE, EXPERIMENT), DEFINITIONS);
        }

        assertThat(events()).hasSize(5);
        assertThat(reporter.reported()).isEqualTo(5);
        assertThat(reporter.trackedIds()).isEqualTo(2);
    }

    @Test
    void shouldSumUpReadsByFlagAndValue() {
        UsageReporter reporter = reporter(FlagUsage.SUMMARIES);
        for (int i = 0; i < 1_000; i++) {
            FlagContext anybody = FlagContext.of("player-" + i);
            reporter.read(anybody, lobby(FlagValue.of(i % 4 == 0), NO_EXPERIMENT), DEFINITIONS);
        }
        assertThat(events()).isEmpty();
        clock.advance(Duration.ofSeconds(60));
        reporter.summarise();
        List<JsonNode> events = events();
        reporter.summarise();

        assertThat(events).hasSize(2).allSatisfy(event -> {
            assertThat(event.get("event").textValue()).isEqualTo("penstock_flag_summary");
            assertThat(event.get("properties").get("$feature_flag").textValue()).isEqualTo("lobby");
            assertThat(event.get("properties").get("from").textValue()).startsWith("1970-01-01T00:00:05");
            assertThat(event.get("properties").get("to").textValue()).startsWith("1970-01-01T00:01:05");
            assertThat(event.get("properties").get("$process_person_profile").booleanValue())
                    .isFalse();
            boolean on = event.get("properties").get("$feature_flag_response").booleanValue();
            assertThat(event.get("properties").get("reads").longValue()).isEqualTo(on ? 250 : 750);
        });
        assertThat(events()).isEmpty();
    }

    @Test
    void shouldReportOneByOneWhatMayBeAnExperiment() {
        UsageReporter reporter = reporter(FlagUsage.SUMMARIES);
        for (int i = 0; i < 2; i++) {
            reporter.read(PLAYER, lobby(FlagValue.TRUE, EXPERIMENT), DEFINITIONS);
            reporter.read(PLAYER, lobby(FlagValue.FALSE, FlagMetadata.NONE), DEFINITIONS);
        }

        assertThat(events()).hasSize(2);
    }

    @Test
    void shouldReportAgainWhatFoundTheRingFull() {
        UsageReporter reporter = reporter(FlagUsage.EVENTS);
        reporter.read(PLAYER, lobby(FlagValue.FALSE, EXPERIMENT), DEFINITIONS);
        refusal = CaptureResult.RING_FULL;
        reporter.read(PLAYER, lobby(FlagValue.TRUE, EXPERIMENT), DEFINITIONS);
        refusal = null;
        for (int i = 0; i < 3; i++) {
            reporter.read(PLAYER, lobby(FlagValue.TRUE, EXPERIMENT), DEFINITIONS);
            reporter.read(PLAYER, lobby(FlagValue.FALSE, EXPERIMENT), DEFINITIONS);
        }

        assertThat(reporter.reported()).isEqualTo(2);
        assertThat(events()).hasSize(2);
    }

    @Test
    void shouldNeverLetAReaderFeelWhatTheSinkThrows() {
        UsageReporter reporter = new UsageReporter(
                FlagUsage.EVENTS,
                100,
                clock::millis,
                new UsageSink() {
                    @Override
                    public <U> CaptureResult capture(EventTranslator<U> translator, U use, boolean minimal) {
                        throw new IllegalStateException("sink");
                    }
                },
                (message, cause) -> problems.add(message));
        reporter.read(PLAYER, lobby(FlagValue.TRUE, EXPERIMENT), DEFINITIONS);

        assertThat(problems).hasSize(1);
        assertThat(reporter.reported()).isZero();
    }

    @Test
    void shouldLeaveOutALongPayload() {
        Optional<FlagPayload> payload = new PayloadReader((message, cause) -> problems.add(message))
                .read("lobby", '"' + "x".repeat(5_000) + '"');
        reporter(FlagUsage.EVENTS)
                .read(PLAYER, EvaluatedFlag.local("lobby", FlagValue.TRUE, payload, EXPERIMENT), DEFINITIONS);

        assertThat(names(events().get(0))).contains("$feature/lobby").doesNotContain("$feature_flag_payload");
    }

    @Test
    void shouldTellLongIdsApartWithoutKeepingThem() {
        UsageReporter reporter = reporter(FlagUsage.EVENTS);
        for (String end : new String[] {"a", "b", "a"}) {
            FlagContext context = FlagContext.of("x".repeat(100_000) + end);
            reporter.read(context, lobby(FlagValue.TRUE, EXPERIMENT), DEFINITIONS);
        }

        assertThat(reporter.reported()).isEqualTo(2);
        assertThat(TrackedId.of("y".repeat(200))).isEqualTo("y".repeat(200));
        assertThat(TrackedId.of("y".repeat(201))).hasSize(236);
    }

    @Test
    void shouldBoundTheValuesItCounts() {
        UsageReporter reporter = reporter(FlagUsage.SUMMARIES);
        for (int i = 0; i < 150; i++) {
            reporter.read(PLAYER, lobby(FlagValue.variant("v" + i), NO_EXPERIMENT), DEFINITIONS);
        }
        reporter.summarise();

        List<JsonNode> events = events();
        long reads = events.stream()
                .mapToLong(event -> event.get("properties").get("reads").longValue())
                .sum();
        assertThat(events).hasSize(101);
        assertThat(reads).isEqualTo(150);
    }

    @Test
    void shouldCaptureWhatIsCountedWhenItCloses() {
        UsageReporter reporter = reporter(FlagUsage.SUMMARIES);
        reporter.read(PLAYER, lobby(FlagValue.TRUE, NO_EXPERIMENT), DEFINITIONS);
        reporter.close();

        assertThat(events()).hasSize(1);
        assertThat(reporter.trackedIds()).isZero();
    }
}

package dev.penstock.engine.flags;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.ClientConfig;
import dev.penstock.client.EventTranslator;
import dev.penstock.client.EventWriter;
import dev.penstock.client.context.ContextScope;
import dev.penstock.client.context.RequestContext;
import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagEvaluations;
import dev.penstock.client.flags.FlagOptions;
import dev.penstock.client.flags.FlagOverride;
import dev.penstock.client.flags.FlagValue;
import dev.penstock.engine.context.ContextScopes;
import dev.penstock.engine.flags.usage.UsageSink;
import dev.penstock.engine.stats.DistinctErrors;
import dev.penstock.engine.testing.RecordingLogger;
import dev.penstock.engine.transport.Fetch;
import dev.penstock.engine.transport.FetchAnswer;
import dev.penstock.engine.transport.FetchRequest;
import dev.penstock.engine.transport.FetchSink;
import dev.penstock.engine.transport.Fetcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Flags asked about while a request's context is current. */
@Timeout(60)
@SuppressWarnings("try") // scopes are only closed
class FlagsInContextTest {

    private static final String ANSWER = "{\"flags\": {\"pro\": {\"key\": \"pro\", \"enabled\": true}}}";
    private static final byte[] DEFINITIONS = """
            {"flags": [{"id": 4, "key": "pro", "active": true, "filters": {"groups": [{"properties": [
              {"key": "plan", "type": "person", "operator": "exact", "value": "pro"}]}]}}],
             "group_type_mapping": {}, "cohorts": {}}
            """.getBytes(UTF_8);
    private static final FlagContext NOBODY = FlagContext.of(null);

    private final ContextScopes contexts = new ContextScopes(properties -> null, (message, cause) -> {});
    private final AnsweringFetcher fetcher = new AnsweringFetcher();
    private final Uses uses = new Uses();
    private EngineFlags flags = flags(ClientConfig.builder("phc_test").build());

    private EngineFlags flags(ClientConfig config) {
        FlagSurroundings surroundings = new FlagSurroundings(
                fetcher,
                role -> task -> {
                    Thread thread = new Thread(task, "penstock-in-context-" + role);
                    thread.setDaemon(true);
                    return thread;
                },
                InstantSource.system(),
                System::currentTimeMillis,
                new DistinctErrors(() -> new RecordingLogger(), "in-context", 1, null),
                change -> {},
                uses,
                contexts::flagContext);
        return new FlagAssembly(config, surroundings).assemble(1);
    }

    private void decideLocally() {
        flags = flags(ClientConfig.builder("phc_test")
                .flagDefinitionsJson(DEFINITIONS)
                .build());
        flags.start();
        assertThat(flags.isLocalEvaluationReady()).isTrue();
    }

    @AfterEach
    void stop() throws Exception {
        flags.stop();
        assertThat(flags.join(10_000)).isTrue();
        assertThat(contexts.active()).isNull();
    }

    /** Every question there is, asked with a context. */
    static List<Question> questions() {
        return List.of(
                new Question("isEnabled", true, (flags, context) -> flags.isEnabled("pro", context)),
                new Question("isEnabled or", true, (flags, context) -> flags.isEnabled("pro", context, false)),
                new Question("getFlag", true, (flags, context) -> flags.getFlag("pro", context)),
                new Question(
                        "getFlagResult",
                        true,
                        (flags, context) -> flags.getFlagResult("pro", context, FlagOptions.DEFAULT)),
                new Question(
                        "getFlagResultAsync",
                        true,
                        (flags, context) -> settled(flags.getFlagResultAsync("pro", context, FlagOptions.DEFAULT))),
                new Question(
                        "evaluateFlags",
                        true,
                        (flags, context) -> flags.evaluateFlags(context, FlagOptions.DEFAULT)
                                .getFlag("pro")),
                new Question(
                        "evaluateFlagsAsync",
                        true,
                        (flags, context) -> settled(flags.evaluateFlagsAsync(context, FlagOptions.DEFAULT))
                                .getFlag("pro")),
                new Question("getPayload", false, (flags, context) -> flags.getPayload("pro", context)),
                new Question("getAllFlags", false, (flags, context) -> flags.getAllFlags(context, FlagOptions.DEFAULT)),
                new Question(
                        "getAllFlagsAndPayloads",
                        false,
                        (flags, context) -> flags.getAllFlagsAndPayloads(context, FlagOptions.DEFAULT)));
    }

    @ParameterizedTest
    @MethodSource("questions")
    void shouldAskAboutTheRequestsPersonWithWhatTheRequestKnows(Question question) {
        RequestContext request = RequestContext.builder()
                .distinctId("user-123")
                .deviceId("d-1")
                .personPropertiesForFlags(Map.of("plan", "pro", "$geoip_country_code", "FR"))
                .groupPropertiesForFlags("company", Map.of("size", 9))
                .build();
        FlagContext company = FlagContext.builder(null).group("company", "c-1").build();
        try (ContextScope scope = contexts.enterFresh(request)) {
            question.ask.of(flags, company);
        }

        JsonNode asked = fetcher.only();
        assertThat(asked.get("distinct_id").asText()).isEqualTo("user-123");
        assertThat(asked.get("$device_id").asText()).isEqualTo("d-1");
        assertThat(asked.get("person_properties")).hasSize(2);
        assertThat(asked.at("/person_properties/plan").asText()).isEqualTo("pro");
        assertThat(asked.at("/person_properties/$geoip_country_code").asText()).isEqualTo("FR");
        assertThat(asked.at("/group_properties/company")).hasToString("{\"$group_key\":\"c-1\",\"size\":9}");
        assertThat(uses.calls).containsExactlyElementsOf(question.isUse ? List.of("user-123 pro") : List.of());
    }

    @ParameterizedTest
    @MethodSource("questions")
    void shouldAskNobodyAndReportNothingIfNoPersonIsKnown(Question question) {
        RequestContext request = RequestContext.builder()
                .sessionId("s-1")
                .deviceId("d-1")
                .personPropertiesForFlags(Map.of("plan", "pro"))
                .build();
        try (ContextScope scope = contexts.enterFresh(request)) {
            question.ask.of(flags, NOBODY);
            question.ask.of(flags, null);
            assertThat(flags.attachment(NOBODY)).isNull();
        }

        assertThat(fetcher.bodies).isEmpty();
        assertThat(uses.calls).isEmpty();
    }

    @Test
    void shouldBeEmptyIfNoPersonIsKnown() {
        try (ContextScope scope =
                contexts.enterFresh(RequestContext.builder().sessionId("s-1").build())) {
            FlagEvaluations evaluations = flags.evaluateFlags(null, FlagOptions.DEFAULT);

            assertThat(evaluations.keys()).isEmpty();
            assertThat(evaluations.distinctId()).isEmpty();
            assertThat(evaluations.isEnabled("pro")).isFalse();
        }
        assertThat(fetcher.bodies).isEmpty();
        assertThat(uses.calls).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("questions")
    void shouldLetTheQuestionWin(Question question) {
        RequestContext request = RequestContext.builder()
                .distinctId("header-user")
                .personPropertiesForFlags(Map.of("plan", "free"))
                .build();
        try (ContextScope scope = contexts.enterFresh(request)) {
            question.ask.of(flags, FlagContext.of("explicit-user", Map.of("plan", "pro")));
        }

        assertThat(fetcher.only().get("distinct_id").asText()).isEqualTo("explicit-user");
        assertThat(fetcher.only().get("person_properties")).hasToString("{\"plan\":\"pro\"}");
    }

    @ParameterizedTest
    @MethodSource("questions")
    void shouldDecideLocallyWithWhatTheRequestKnows(Question question) {
        decideLocally();
        try (ContextScope scope = contexts.enterFresh(
                RequestContext.builder().distinctId("user-123").build())) {
            scope.setPersonPropertiesForFlags(Map.of("plan", "pro"));
            question.ask.of(flags, null);
            assertThat(flags.isEnabled("pro", NOBODY)).isTrue();
            assertThat(flags.attachment(NOBODY).values()).isEqualTo(Map.of("pro", FlagValue.TRUE));
            scope.setPersonPropertiesForFlags(Map.of("plan", "free"));
            assertThat(flags.getFlag("pro", NOBODY)).isEqualTo(FlagValue.FALSE);
            scope.resetPersonPropertiesForFlags();
            assertThat(flags.getFlag("pro", NOBODY)).isEqualTo(FlagValue.MISSING);
        }

        assertThat(fetcher.bodies).isEmpty();
        assertThat(uses.calls).startsWith("user-123 pro");
    }

    @Test
    void shouldSendWhatWasSetUntilItIsReset() {
        FlagContext company =
                FlagContext.builder("user-123").group("company", "company-123").build();
        try (ContextScope scope = contexts.enterFresh(RequestContext.EMPTY)) {
            scope.setPersonPropertiesForFlags(Map.of("plan", "pro"));
            scope.setGroupPropertiesForFlags("company", Map.of("plan", "pro"));
            flags.evaluateFlags(company, FlagOptions.DEFAULT);
            scope.resetPersonPropertiesForFlags();
            flags.evaluateFlags(company, FlagOptions.DEFAULT);
            scope.resetGroupPropertiesForFlags("company");
            flags.evaluateFlags(company, FlagOptions.DEFAULT);
        }
        flags.evaluateFlags(company, FlagOptions.DEFAULT);

        assertThat(fetcher.texts("/person_properties/plan")).containsExactly("pro", "", "", "");
        assertThat(fetcher.texts("/group_properties/company/plan")).containsExactly("pro", "pro", "", "");
        assertThat(uses.calls).isEmpty();
    }

    @Test
    void shouldReportReadsForThePersonWhoWasEvaluated() {
        FlagEvaluations evaluations;
        try (ContextScope scope = contexts.enterFresh(
                RequestContext.builder().distinctId("user-123").build())) {
            evaluations = flags.evaluateFlags(null, FlagOptions.DEFAULT);
        }
        assertThat(uses.calls).isEmpty();
        try (ContextScope scope =
                contexts.enterFresh(RequestContext.builder().distinctId("other").build())) {
            assertThat(evaluations.isEnabled("pro")).isTrue();
        }

        assertThat(evaluations.distinctId()).isEqualTo("user-123");
        assertThat(uses.calls).containsExactly("user-123 pro");
    }

    @Test
    void shouldNeedNoPersonForForcedValues() {
        flags.override(List.of(FlagOverride.of("pro", FlagValue.TRUE)));
        try (ContextScope scope =
                contexts.enterFresh(RequestContext.builder().sessionId("s").build())) {
            assertThat(flags.isEnabled("pro", null)).isTrue();
        }
        assertThat(uses.calls).isEmpty();
    }

    private static <T> T settled(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("not answered", e);
        }
    }

    private record Question(String name, boolean isUse, Ask ask) {

        @FunctionalInterface
        interface Ask {
            Object of(EngineFlags flags, FlagContext context);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Remembers whom and which flag each reported use is about. */
    private static final class Uses implements UsageSink {

        private final List<String> calls = new CopyOnWriteArrayList<>();

        @Override
        public <U> CaptureResult capture(EventTranslator<U> translator, U use, boolean minimal) {
            String[] told = new String[2];
            translator.translate(
                    writer((method, arguments) -> {
                        if (method.equals("distinctId")) {
                            told[0] = (String) arguments[0];
                        } else if (arguments[0].equals("$feature_flag")) {
                            told[1] = (String) arguments[1];
                        }
                    }),
                    use);
            calls.add(told[0] + ' ' + told[1]);
            return CaptureResult.ACCEPTED;
        }

        private static EventWriter writer(BiConsumer<String, Object[]> told) {
            return (EventWriter) Proxy.newProxyInstance(
                    FlagsInContextTest.class.getClassLoader(),
                    new Class<?>[] {EventWriter.class},
                    (proxy, method, arguments) -> {
                        told.accept(method.getName(), arguments);
                        return proxy;
                    });
        }
    }

    /** Answers every request at once, always the same. */
    private static final class AnsweringFetcher implements Fetcher {

        private final List<JsonNode> bodies = new CopyOnWriteArrayList<>();

        @Override
        public Fetch fetch(FetchRequest request, FetchSink sink) {
            try {
                bodies.add(new ObjectMapper().readTree(request.body()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            sink.onFetched(new FetchAnswer(200, null, 0, null, ANSWER.getBytes(UTF_8), null, null));
            return () -> false;
        }

        JsonNode only() {
            assertThat(bodies).hasSize(1);
            return bodies.get(0);
        }

        List<String> texts(String pointer) {
            return bodies.stream().map(body -> body.at(pointer).asText()).toList();
        }
    }
}

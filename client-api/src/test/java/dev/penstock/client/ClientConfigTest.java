package dev.penstock.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.penstock.client.flags.FlagDefinitionsCache;
import dev.penstock.client.flags.FlagUsage;
import dev.penstock.client.logs.LogSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientConfigTest {

    private static final String KEY = "phc_very_secret";

    private static ClientConfig.Builder builder() {
        return ClientConfig.builder(KEY);
    }

    @Test
    void shouldHaveItsDocumentedDefaults() {
        ClientConfig config = builder().build();

        assertThat(config.apiKey()).isEqualTo(KEY);
        assertThat(config.host()).isEqualTo(URI.create("https://us.i.posthog.com"));
        assertThat(config.headers()).isEmpty();
        assertThat(config.name()).isEqualTo("default");
        assertThat(config.enabled()).isTrue();
        assertThat(config.maxBatchEvents()).isEqualTo(100);
        assertThat(config.maxBatchBytes()).isEqualTo(512_000);
        assertThat(config.linger()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.maxEventBytes()).isEqualTo(921_600);
        assertThat(config.ringSlots()).isEqualTo(32_768);
        assertThat(config.lanes()).isEqualTo(1);
        assertThat(config.largeEventArenaBytes()).isEqualTo(16_777_216);
        assertThat(config.overflowPolicy()).isEqualTo(OverflowPolicy.DROP_NEWEST);
        assertThat(config.overflowWait()).isEqualTo(Duration.ofMillis(10));
        assertThat(config.saturationListener()).isNull();
        assertThat(config.saturationHigh()).isEqualTo(0.75);
        assertThat(config.saturationLow()).isEqualTo(0.5);
        assertThat(config.sampling()).isSameAs(SamplingRules.NONE);
        assertThat(config.maxInFlightRequests()).isEqualTo(4);
        assertThat(config.maxInFlightBytes()).isEqualTo(16_777_216);
        assertThat(config.maxRetries()).isEqualTo(3);
        assertThat(config.retryDelay()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.requestTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.connectTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.circuitFailures()).isEqualTo(8);
        assertThat(config.stallTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.spool()).isSameAs(SpoolSettings.OFF);
        assertThat(config.compression()).isTrue();
        assertThat(config.compressor()).isEqualTo(Compressor.EVENT_AWARE);
        assertThat(config.compressionFormat()).isEqualTo(CompressionFormat.GZIP);
        assertThat(config.contentEncoder()).isNull();
        assertThat(config.captureMode()).isEqualTo(CaptureMode.V0);
        assertThat(config.splitOnBadRequest()).isTrue();
        assertThat(config.disableGeoIp()).isTrue();
        assertThat(config.historicalMigration()).isFalse();
        assertThat(config.serverProperty()).isTrue();
        assertThat(config.systemProperties()).isTrue();
        assertThat(config.listenerQueueEvents()).isEqualTo(16_384);
        assertThat(config.closeTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.secretKey()).isEmpty();
        assertThat(config.flagDefinitionsFile()).isNull();
        assertThat(config.flagDefinitionsJson()).isNull();
        assertThat(config.flagDefinitionsCache()).isNull();
        assertThat(config.flagPollInterval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.maxFlagDefinitionsBytes()).isEqualTo(33_554_432);
        assertThat(config.flagRequestTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.flagRetries()).isEqualTo(1);
        assertThat(config.flagUsage()).isEqualTo(FlagUsage.EVENTS);
        assertThat(config.flagSummaryInterval()).isEqualTo(Duration.ofSeconds(60));
        assertThat(config.maxTrackedIds()).isEqualTo(50_000);
        assertThat(config.evaluationContexts()).isEmpty();
        assertThat(config.flagChangeListener()).isNull();
        assertThat(config.logs()).isSameAs(LogSettings.DEFAULT);
        assertThat(config.proxy()).isNull();
        assertThat(config.sslContext()).isNull();
        assertThat(config.deliveryListener()).isNull();
        assertThat(config.errorListener()).isNull();
        assertThat(config.logger()).isNull();
        assertThat(config.threadFactory()).isNull();
        assertThat(config.clock()).isNull();
        assertThat(config.idSource()).isNull();
    }

    private interface Option<T> {
        ClientConfig.Builder set(ClientConfig.Builder builder, T value);
    }

    private static <T> Arguments option(
            String name, Option<T> option, Function<ClientConfig, T> read, T below, T min, T max, T above) {
        return arguments(name, option, read, below, min, max, above);
    }

    static Stream<Arguments> ranges() {
        return Stream.of(
                option(
                        "maxBatchEvents",
                        ClientConfig.Builder::maxBatchEvents,
                        ClientConfig::maxBatchEvents,
                        0,
                        1,
                        1_000,
                        1_001),
                option(
                        "maxBatchBytes",
                        ClientConfig.Builder::maxBatchBytes,
                        ClientConfig::maxBatchBytes,
                        1_023,
                        1_024,
                        5_242_880,
                        5_242_881),
                option(
                        "maxEventBytes",
                        ClientConfig.Builder::maxEventBytes,
                        ClientConfig::maxEventBytes,
                        1_023,
                        1_024,
                        921_600,
                        921_601),
                option(
                        "ringSlots",
                        ClientConfig.Builder::ringSlots,
                        ClientConfig::ringSlots,
                        32,
                        64,
                        1_048_576,
                        2_097_152),
                option("lanes", ClientConfig.Builder::lanes, ClientConfig::lanes, 0, 1, 8, 9),
                option(
                        "largeEventArenaBytes",
                        ClientConfig.Builder::largeEventArenaBytes,
                        ClientConfig::largeEventArenaBytes,
                        -1L,
                        0L,
                        1L << 30,
                        (1L << 30) + 1),
                option(
                        "maxInFlightRequests",
                        ClientConfig.Builder::maxInFlightRequests,
                        ClientConfig::maxInFlightRequests,
                        0,
                        1,
                        64,
                        65),
                option(
                        "maxInFlightBytes",
                        ClientConfig.Builder::maxInFlightBytes,
                        ClientConfig::maxInFlightBytes,
                        (1L << 20) - 1,
                        1L << 20,
                        1L << 30,
                        (1L << 30) + 1),
                option(
                        "circuitFailures",
                        ClientConfig.Builder::circuitFailures,
                        ClientConfig::circuitFailures,
                        -1,
                        0,
                        1_000,
                        1_001),
                option("maxRetries", ClientConfig.Builder::maxRetries, ClientConfig::maxRetries, -1, 0, 100, 101),
                option(
                        "listenerQueueEvents",
                        ClientConfig.Builder::listenerQueueEvents,
                        ClientConfig::listenerQueueEvents,
                        0,
                        1,
                        1_048_576,
                        1_048_577),
                option(
                        "linger",
                        ClientConfig.Builder::linger,
                        ClientConfig::linger,
                        Duration.ofNanos(-1),
                        Duration.ZERO,
                        Duration.ofHours(1),
                        Duration.ofHours(1).plusNanos(1)),
                option(
                        "overflowWait",
                        ClientConfig.Builder::overflowWait,
                        ClientConfig::overflowWait,
                        Duration.ofNanos(999),
                        Duration.ofNanos(1_000),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10).plusNanos(1)),
                option(
                        "retryDelay",
                        ClientConfig.Builder::retryDelay,
                        ClientConfig::retryDelay,
                        Duration.ofMillis(99),
                        Duration.ofMillis(100),
                        Duration.ofMillis(1_500),
                        Duration.ofMillis(1_501)),
                option(
                        "requestTimeout",
                        ClientConfig.Builder::requestTimeout,
                        ClientConfig::requestTimeout,
                        Duration.ofMillis(99),
                        Duration.ofMillis(100),
                        Duration.ofMinutes(5),
                        Duration.ofMillis(300_001)),
                option(
                        "connectTimeout",
                        ClientConfig.Builder::connectTimeout,
                        ClientConfig::connectTimeout,
                        Duration.ofMillis(9),
                        Duration.ofMillis(10),
                        Duration.ofMinutes(1),
                        Duration.ofMillis(60_001)),
                option(
                        "stallTimeout",
                        ClientConfig.Builder::stallTimeout,
                        ClientConfig::stallTimeout,
                        Duration.ofMillis(999),
                        Duration.ofSeconds(1),
                        Duration.ofHours(1),
                        Duration.ofSeconds(3_601)),
                option(
                        "closeTimeout",
                        ClientConfig.Builder::closeTimeout,
                        ClientConfig::closeTimeout,
                        Duration.ofNanos(-1),
                        Duration.ZERO,
                        Duration.ofHours(1),
                        Duration.ofSeconds(3_601)),
                option(
                        "flagPollInterval",
                        ClientConfig.Builder::flagPollInterval,
                        ClientConfig::flagPollInterval,
                        Duration.ofMillis(99),
                        Duration.ofMillis(100),
                        Duration.ofDays(1),
                        Duration.ofDays(1).plusNanos(1)),
                option(
                        "maxFlagDefinitionsBytes",
                        ClientConfig.Builder::maxFlagDefinitionsBytes,
                        ClientConfig::maxFlagDefinitionsBytes,
                        1_023,
                        1_024,
                        268_435_456,
                        268_435_457),
                option(
                        "flagRequestTimeout",
                        ClientConfig.Builder::flagRequestTimeout,
                        ClientConfig::flagRequestTimeout,
                        Duration.ofMillis(9),
                        Duration.ofMillis(10),
                        Duration.ofMinutes(1),
                        Duration.ofMillis(60_001)),
                option("flagRetries", ClientConfig.Builder::flagRetries, ClientConfig::flagRetries, -1, 0, 5, 6),
                option(
                        "flagSummaryInterval",
                        ClientConfig.Builder::flagSummaryInterval,
                        ClientConfig::flagSummaryInterval,
                        Duration.ofMillis(999),
                        Duration.ofSeconds(1),
                        Duration.ofHours(1),
                        Duration.ofSeconds(3_601)),
                option(
                        "maxTrackedIds",
                        ClientConfig.Builder::maxTrackedIds,
                        ClientConfig::maxTrackedIds,
                        0,
                        1,
                        1_000_000,
                        1_000_001));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ranges")
    <T> void shouldRefuseWhatIsOutOfRange(
            String name, Option<T> option, Function<ClientConfig, T> read, T below, T min, T max, T above) {
        assertThat(read.apply(option.set(builder(), min).build())).isEqualTo(min);
        assertThat(read.apply(option.set(builder(), max).build())).isEqualTo(max);
        for (T outside : java.util.List.of(below, above)) {
            ClientConfig.Builder builder = option.set(builder(), outside);
            assertThatIllegalArgumentException()
                    .isThrownBy(builder::build)
                    .withMessageContainingAll(name, outside.toString(), min.toString(), max.toString());
        }
    }

    static Stream<Arguments> durations() {
        return Stream.<Arguments>of(
                arguments("linger", (Option<Duration>) ClientConfig.Builder::linger),
                arguments("overflowWait", (Option<Duration>) ClientConfig.Builder::overflowWait),
                arguments("retryDelay", (Option<Duration>) ClientConfig.Builder::retryDelay),
                arguments("requestTimeout", (Option<Duration>) ClientConfig.Builder::requestTimeout),
                arguments("connectTimeout", (Option<Duration>) ClientConfig.Builder::connectTimeout),
                arguments("closeTimeout", (Option<Duration>) ClientConfig.Builder::closeTimeout),
                arguments("stallTimeout", (Option<Duration>) ClientConfig.Builder::stallTimeout),
                arguments("spool", (Option<SpoolSettings>) ClientConfig.Builder::spool),
                arguments("flagPollInterval", (Option<Duration>) ClientConfig.Builder::flagPollInterval),
                arguments("flagRequestTimeout", (Option<Duration>) ClientConfig.Builder::flagRequestTimeout),
                arguments("flagSummaryInterval", (Option<Duration>) ClientConfig.Builder::flagSummaryInterval),
                arguments("captureMode", (Option<CaptureMode>) ClientConfig.Builder::captureMode),
                arguments("compressor", (Option<Compressor>) ClientConfig.Builder::compressor),
                arguments("compressionFormat", (Option<CompressionFormat>) ClientConfig.Builder::compressionFormat),
                arguments("flagUsage", (Option<FlagUsage>) ClientConfig.Builder::flagUsage),
                arguments("logs", (Option<LogSettings>) ClientConfig.Builder::logs),
                arguments("sampling", (Option<SamplingRules>) ClientConfig.Builder::sampling),
                arguments("overflowPolicy", (Option<OverflowPolicy>) ClientConfig.Builder::overflowPolicy),
                arguments("name", (Option<String>) ClientConfig.Builder::name));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("durations")
    <T> void shouldRefuseNullWhereAValueIsNeeded(String name, Option<T> option) {
        ClientConfig.Builder builder = option.set(builder(), null);

        assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContaining(name);
    }

    @Test
    void shouldAskTheServerForFlagsUnlessItHasDefinitions() {
        assertThat(builder().build().remoteFallback()).isTrue();
        assertThat(builder().secretKey("phs_1").build().remoteFallback()).isFalse();
        assertThat(builder().flagDefinitionsFile(Path.of("flags.json")).build().remoteFallback())
                .isFalse();
        assertThat(builder().flagDefinitionsJson(new byte[0]).build().remoteFallback())
                .isFalse();
        assertThat(builder().secretKey("phs_1").remoteFallback(true).build().remoteFallback())
                .isTrue();
        assertThat(builder().remoteFallback(false).build().remoteFallback()).isFalse();
    }

    @Test
    void shouldRefuseASecretKeyThatIsNoHeaderWithoutRepeatingIt() {
        assertThat(builder().secretKey("  phs_1\n").build().secretKey()).isEqualTo("phs_1");
        assertThat(builder().secretKey(null).build().secretKey()).isEmpty();
        for (String key : new String[] {"phs_hunter2\nX: y", "phs_hunter2 x", "phs_hunter2é", "hunter2".repeat(200)}) {
            ClientConfig.Builder builder = builder().secretKey(key);
            assertThatIllegalArgumentException()
                    .isThrownBy(builder::build)
                    .withMessageContaining("secretKey")
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
        }
    }

    @Test
    void shouldRefuseADefinitionsCacheThatNobodyCouldFill() {
        ClientConfig.Builder builder = builder().flagDefinitionsCache(new FlagDefinitionsCache() {
            @Override
            public boolean shouldFetch() {
                return true;
            }

            @Override
            public Optional<byte[]> load() {
                return Optional.empty();
            }

            @Override
            public void store(byte[] definitions) {
                // keeps nothing
            }

            @Override
            public void close() {
                // holds nothing
            }
        });

        assertThatIllegalArgumentException()
                .isThrownBy(builder::build)
                .withMessageContainingAll("flagDefinitionsCache", "secretKey");
        assertThat(builder.secretKey("phs_1").build().flagDefinitionsCache()).isNotNull();
    }

    @Test
    void shouldKeepPlacesOffEventsUnlessToldAndOffFlagRequestsOnlyIfTold() {
        assertThat(builder().build().disableGeoIp()).isTrue();
        assertThat(builder().build().disableFlagGeoIp()).isFalse();
        assertThat(builder().disableGeoIp(true).build().disableFlagGeoIp()).isTrue();
        assertThat(builder().disableGeoIp(false).build().disableGeoIp()).isFalse();
        assertThat(builder().disableGeoIp(false).build().disableFlagGeoIp()).isFalse();
    }

    @Test
    void shouldShowNeitherKeyAsText() {
        String text = builder().secretKey("phs_hunter2").build().toString();

        assertThat(text).contains("secretKey=***").doesNotContain("hunter2").doesNotContain(KEY);
    }

    @Test
    void shouldCopyEvaluationContextsAndRefuseBlankOnes() {
        List<String> contexts = new ArrayList<>(List.of("backend", "docs"));
        ClientConfig config = builder().evaluationContexts(contexts).build();
        contexts.clear();

        assertThat(config.evaluationContexts()).containsExactly("backend", "docs");
        ClientConfig.Builder builder = builder();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.evaluationContexts(List.of("backend", " ")))
                .withMessageContaining("evaluationContexts");
    }

    @Test
    void shouldTakeTheSecretKeyFromTheEnvironment() {
        ClientConfig config = ClientConfig.fromEnvironment(Map.of("POSTHOG_SECRET_KEY", "phs_9"))
                .build();

        assertThat(config.secretKey()).isEqualTo("phs_9");
    }

    @Test
    void shouldRefuseARingThatIsNoPowerOfTwo() {
        ClientConfig.Builder builder = builder().ringSlots(100);

        assertThatIllegalArgumentException()
                .isThrownBy(builder::build)
                .withMessageContainingAll("ringSlots", "power of two", "100");
    }

    @ParameterizedTest
    @CsvSource({"0.9, 0.89", "0.01, 0", "0.75, 0.5", "0.5, 0.0001"})
    void shouldTakeLevelsOfSaturation(double high, double low) {
        ClientConfig config = builder().saturationLevels(high, low).build();

        assertThat(config.saturationHigh()).isEqualTo(high);
        assertThat(config.saturationLow()).isEqualTo(low);
    }

    @ParameterizedTest
    @CsvSource({"0.91, 0.5", "0.009, 0", "0.5, 0.5", "0.5, 0.6", "0.5, -0.1", "NaN, 0.1", "0.5, NaN"})
    void shouldRefuseLevelsOfSaturationThatCannotBe(double high, double low) {
        ClientConfig.Builder builder = builder().saturationLevels(high, low);

        assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageStartingWith("saturationLevels ");
    }

    @Test
    void shouldBoundTheLengthOfItsName() {
        assertThat(builder().name("x".repeat(40)).build().name()).hasSize(40);
        for (String name : new String[] {"", " ", "x".repeat(41)}) {
            ClientConfig.Builder builder = builder().name(name);
            assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContainingAll("name", "1 to 40");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://eu.i.posthog.com, https://eu.i.posthog.com",
        "https://eu.i.posthog.com/, https://eu.i.posthog.com",
        "https://eu.i.posthog.com///, https://eu.i.posthog.com",
        "http://localhost:8000, http://localhost:8000",
        "HTTPS://Example.org, HTTPS://Example.org",
        "https://example.org/ingest/, https://example.org/ingest",
        "https://example.org/a/b, https://example.org/a/b",
        "'  https://example.org  ', https://example.org",
        "http://[::1]:80/, http://[::1]:80",
    })
    void shouldTrimTheHostAndKeepItsPath(String url, URI host) {
        assertThat(builder().host(url).build().host()).isEqualTo(host);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {" ", "\t\n"})
    void shouldUseTheDefaultForABlankHost(String url) {
        assertThat(builder().host(url).build().host()).isEqualTo(ClientConfig.DEFAULT_HOST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eu.i.posthog.com",
                "ftp://example.org",
                "file:///etc/passwd",
                "https://",
                "https:///path",
                "https:example.org",
                "https://example.org?a=b",
                "https://example.org/?",
                "https://example.org#here",
                "https://exa mple.org",
                "https://under_score",
            })
    void shouldRefuseAHostThatIsNoBaseUrl(String url) {
        ClientConfig.Builder builder = builder();

        assertThatIllegalArgumentException().isThrownBy(() -> builder.host(url)).withMessageStartingWith("host ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user:hunter2@example.org",
                "https://hunter2@example.org/path",
                "https://user:hunter2@under_score",
                "https://user:hunter2 @example.org",
            })
    void shouldRefuseCredentialsInTheHostWithoutRepeatingThem(String url) {
        ClientConfig.Builder builder = builder();

        assertThatIllegalArgumentException().isThrownBy(() -> builder.host(url)).satisfies(e -> {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                assertThat(String.valueOf(cause.getMessage())).doesNotContain("hunter2");
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type",
                "content-encoding",
                "CONTENT-LENGTH",
                "Transfer-Encoding",
                "Host",
                "connection",
                "Expect",
                "Upgrade",
            })
    void shouldRefuseHeadersOfTheProtocol(String name) {
        ClientConfig.Builder builder = builder();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.header(name, "x"))
                .withMessageContaining(name);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"a b", "a:b", "a\r\nb", "é", "a\u0000"})
    void shouldRefuseNamesThatAreNoHeader(String name) {
        ClientConfig.Builder builder = builder();

        assertThatIllegalArgumentException().isThrownBy(() -> builder.header(name, "x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nInjected: yes", "a\nb", "a\rb", "a\u0000b", "é", "a\u007f"})
    void shouldRefuseValuesThatAreNoHeaderWithoutRepeatingThem(String value) {
        ClientConfig.Builder builder = builder();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.header("X-Token", value))
                .withMessageContaining("X-Token")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(value));
    }

    @Test
    void shouldKeepOneValueForAHeaderInAnyCase() {
        Map<String, String> headers =
                builder().header("X-Token", "a").header("x-token", "b").build().headers();

        assertThat(headers).hasSize(1);
        assertThat(headers.get("X-TOKEN")).isEqualTo("b");
    }

    @Test
    void shouldNotLetItsHeadersBeChanged() {
        ClientConfig.Builder builder = builder().header("X-A", "1");
        ClientConfig config = builder.build();
        builder.header("X-B", "2");

        assertThat(config.headers()).containsOnlyKeys("X-A");
        assertThat(config.headers()).isUnmodifiable();
    }

    @Test
    void shouldAcceptOnlyAnHttpProxy() {
        URI proxy = URI.create("http://proxy.internal:3128");
        assertThat(builder().proxy(proxy).build().proxy()).isEqualTo(proxy);
        for (String other : new String[] {"https://proxy:1", "socks://proxy:1", "proxy:3128", "http:///x"}) {
            ClientConfig.Builder builder = builder().proxy(URI.create(other));
            assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContaining("proxy");
        }
    }

    @Test
    void shouldReadTheEnvironment() {
        ClientConfig config = ClientConfig.fromEnvironment(
                        Map.of("POSTHOG_API_KEY", " phc_env ", "POSTHOG_HOST", "https://eu.i.posthog.com/"))
                .build();

        assertThat(config.apiKey()).isEqualTo("phc_env");
        assertThat(config.host()).isEqualTo(URI.create("https://eu.i.posthog.com"));
    }

    @Test
    void shouldKeepDefaultsForAnEmptyEnvironment() {
        ClientConfig config = ClientConfig.fromEnvironment(Map.of()).build();

        assertThat(config.apiKey()).isEmpty();
        assertThat(config.host()).isEqualTo(ClientConfig.DEFAULT_HOST);
    }

    @Test
    void shouldRefuseAnUnusableHostInTheEnvironment() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClientConfig.fromEnvironment(Map.of("POSTHOG_HOST", "nowhere")))
                .withMessageStartingWith("host ");
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = " ")
    void shouldAcceptABlankKeyForAnInertClient(String key) {
        assertThat(ClientConfig.builder(key).build().apiKey()).isEmpty();
    }

    @Test
    void shouldShowNoSecret() {
        String text =
                builder().header("Authorization", "Bearer hunter2").build().toString();

        assertThat(text)
                .contains("us.i.posthog.com", "apiKey=***")
                .doesNotContain(KEY)
                .doesNotContain("hunter2");
        assertThat(ClientConfig.builder("").build().toString()).contains("apiKey=none");
    }

    @Test
    void shouldRefuseAPortThatCannotBe() {
        assertThatThrownBy(() -> ClientConfig.builder("k").host("https://h:99999"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("host");
    }

    @Test
    void shouldRefuseAProxyWithoutPortOrWithAPassword() {
        for (String proxy :
                new String[] {"http://p", "http://user:secret@p:3128", "https://p:3128", "http://p:99999"}) {
            assertThatThrownBy(() -> ClientConfig.builder("k")
                            .proxy(java.net.URI.create(proxy))
                            .build())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("http://host:port")
                    .hasMessageNotContaining("secret");
        }
    }

    @Test
    void shouldRefuseAKeyOfAbsurdLengthWithoutRepeatingIt() {
        assertThatThrownBy(() -> ClientConfig.builder("k".repeat(1_001)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1001")
                .hasMessageNotContaining("kkk");
    }
}

package dev.penstock.client.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.penstock.client.ClientConfig;
import dev.penstock.client.Compressor;
import dev.penstock.client.ErrorListener;
import dev.penstock.client.OverflowPolicy;
import dev.penstock.client.SamplingRules;
import dev.penstock.client.SaturationListener;
import dev.penstock.client.SpoolSettings;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentConfigTest {

    private static final String KEY = "very_secret_hunter2";

    private static SegmentConfig.Builder builder() {
        return SegmentConfig.builder(KEY);
    }

    @Test
    void shouldHaveItsDocumentedDefaults() {
        SegmentConfig config = builder().build();

        assertThat(config.writeKey()).isEqualTo(KEY);
        assertThat(config.host()).isEqualTo(URI.create("https://api.segment.io"));
        assertThat(config.headers()).isEmpty();
        assertThat(config.name()).isEqualTo("segment");
        assertThat(config.enabled()).isTrue();
        assertThat(config.maxBatchMessages()).isEqualTo(250);
        assertThat(config.maxBatchBytes()).isEqualTo(500_000);
        assertThat(config.linger()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.maxMessageBytes()).isEqualTo(32_000);
        assertThat(config.ringSlots()).isEqualTo(32_768);
        assertThat(config.lanes()).isEqualTo(1);
        assertThat(config.largeMessageArenaBytes()).isEqualTo(16_777_216);
        assertThat(config.overflowPolicy()).isEqualTo(OverflowPolicy.DROP_NEWEST);
        assertThat(config.overflowWait()).isEqualTo(Duration.ofMillis(10));
        assertThat(config.saturationListener()).isNull();
        assertThat(config.saturationHigh()).isEqualTo(0.75);
        assertThat(config.saturationLow()).isEqualTo(0.5);
        assertThat(config.sampling().rules()).isEmpty();
        assertThat(config.maxInFlightRequests()).isEqualTo(4);
        assertThat(config.maxInFlightBytes()).isEqualTo(16_777_216);
        assertThat(config.maxRetries()).isEqualTo(9);
        assertThat(config.retryDelay()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.deliveryDeadline()).isEqualTo(Duration.ofHours(12));
        assertThat(config.retryPolicy()).isNull();
        assertThat(config.requestTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.connectTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.compression()).isTrue();
        assertThat(config.splitOnBadRequest()).isTrue();
        assertThat(config.defaultContext().asMap()).isEmpty();
        assertThat(config.contextInMessages()).isFalse();
        assertThat(config.messageListener()).isNull();
        assertThat(config.listenerQueueMessages()).isEqualTo(16_384);
        assertThat(config.errorListener()).isNull();
        assertThat(config.closeTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.circuitFailures()).isEqualTo(8);
        assertThat(config.stallTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.spool()).isSameAs(SpoolSettings.OFF);
        assertThat(config.proxy()).isNull();
        assertThat(config.sslContext()).isNull();
        assertThat(config.logger()).isNull();
        assertThat(config.debug()).isFalse();
        assertThat(config.threadFactory()).isNull();
        assertThat(config.clock()).isNull();
        assertThat(config.idSource()).isNull();
    }

    static Stream<Arguments> constants() {
        return Stream.of(
                constant(SegmentConfig.DEFAULT_HOST, SegmentConfig::host),
                constant(SegmentConfig.DEFAULT_NAME, SegmentConfig::name),
                constant(SegmentConfig.DEFAULT_ENABLED, SegmentConfig::enabled),
                constant(SegmentConfig.DEFAULT_MAX_BATCH_MESSAGES, SegmentConfig::maxBatchMessages),
                constant(SegmentConfig.DEFAULT_MAX_BATCH_BYTES, SegmentConfig::maxBatchBytes),
                constant(SegmentConfig.DEFAULT_LINGER, SegmentConfig::linger),
                constant(SegmentConfig.DEFAULT_MAX_MESSAGE_BYTES, SegmentConfig::maxMessageBytes),
                constant(SegmentConfig.DEFAULT_RING_SLOTS, SegmentConfig::ringSlots),
                constant(SegmentConfig.DEFAULT_LANES, SegmentConfig::lanes),
                constant(SegmentConfig.DEFAULT_LARGE_MESSAGE_ARENA_BYTES, SegmentConfig::largeMessageArenaBytes),
                constant(SegmentConfig.DEFAULT_OVERFLOW_POLICY, SegmentConfig::overflowPolicy),
                constant(SegmentConfig.DEFAULT_OVERFLOW_WAIT, SegmentConfig::overflowWait),
                constant(SegmentConfig.DEFAULT_SATURATION_HIGH, SegmentConfig::saturationHigh),
                constant(SegmentConfig.DEFAULT_SATURATION_LOW, SegmentConfig::saturationLow),
                constant(SegmentConfig.DEFAULT_SAMPLING, SegmentConfig::sampling),
                constant(SegmentConfig.DEFAULT_MAX_IN_FLIGHT_REQUESTS, SegmentConfig::maxInFlightRequests),
                constant(SegmentConfig.DEFAULT_MAX_IN_FLIGHT_BYTES, SegmentConfig::maxInFlightBytes),
                constant(SegmentConfig.DEFAULT_MAX_RETRIES, SegmentConfig::maxRetries),
                constant(SegmentConfig.DEFAULT_RETRY_DELAY, SegmentConfig::retryDelay),
                constant(SegmentConfig.DEFAULT_DELIVERY_DEADLINE, SegmentConfig::deliveryDeadline),
                constant(SegmentConfig.DEFAULT_REQUEST_TIMEOUT, SegmentConfig::requestTimeout),
                constant(SegmentConfig.DEFAULT_CONNECT_TIMEOUT, SegmentConfig::connectTimeout),
                constant(SegmentConfig.DEFAULT_COMPRESSION, SegmentConfig::compression),
                constant(SegmentConfig.DEFAULT_COMPRESSOR, SegmentConfig::compressor),
                constant(SegmentConfig.DEFAULT_SPLIT_ON_BAD_REQUEST, SegmentConfig::splitOnBadRequest),
                constant(SegmentConfig.DEFAULT_CONTEXT_IN_MESSAGES, SegmentConfig::contextInMessages),
                constant(SegmentConfig.DEFAULT_LISTENER_QUEUE_MESSAGES, SegmentConfig::listenerQueueMessages),
                constant(SegmentConfig.DEFAULT_CLOSE_TIMEOUT, SegmentConfig::closeTimeout),
                constant(SegmentConfig.DEFAULT_CIRCUIT_FAILURES, SegmentConfig::circuitFailures),
                constant(SegmentConfig.DEFAULT_STALL_TIMEOUT, SegmentConfig::stallTimeout),
                constant(SegmentConfig.DEFAULT_SPOOL, SegmentConfig::spool),
                constant(SegmentConfig.DEFAULT_DEBUG, SegmentConfig::debug));
    }

    private static <T> Arguments constant(T constant, Function<SegmentConfig, T> read) {
        return arguments(constant, read);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("constants")
    <T> void shouldStartFromItsConstants(T constant, Function<SegmentConfig, T> read) {
        assertThat(read.apply(builder().build())).isEqualTo(constant);
    }

    @Test
    void shouldHaveOneRowForEachConstant() {
        long fields = Arrays.stream(SegmentConfig.class.getFields())
                .filter(field -> field.getName().startsWith("DEFAULT_"))
                .count();

        assertThat(constants()).hasSize((int) fields);
    }

    private interface Option<T> {
        SegmentConfig.Builder set(SegmentConfig.Builder builder, T value);
    }

    private static <T> Arguments option(
            String name, Option<T> option, Function<SegmentConfig, T> read, T below, T min, T max, T above) {
        return arguments(name, option, read, below, min, max, above);
    }

    static Stream<Arguments> ranges() {
        return Stream.of(
                option(
                        "maxBatchMessages",
                        SegmentConfig.Builder::maxBatchMessages,
                        SegmentConfig::maxBatchMessages,
                        0,
                        1,
                        2_500,
                        2_501),
                option(
                        "maxBatchBytes",
                        SegmentConfig.Builder::maxBatchBytes,
                        SegmentConfig::maxBatchBytes,
                        1_023,
                        1_024,
                        500_000,
                        500_001),
                option(
                        "maxMessageBytes",
                        SegmentConfig.Builder::maxMessageBytes,
                        SegmentConfig::maxMessageBytes,
                        1_023,
                        1_024,
                        32_000,
                        32_001),
                option(
                        "ringSlots",
                        SegmentConfig.Builder::ringSlots,
                        SegmentConfig::ringSlots,
                        63,
                        64,
                        1_048_576,
                        1_048_577),
                option("lanes", SegmentConfig.Builder::lanes, SegmentConfig::lanes, 0, 1, 8, 9),
                option(
                        "largeMessageArenaBytes",
                        SegmentConfig.Builder::largeMessageArenaBytes,
                        SegmentConfig::largeMessageArenaBytes,
                        -1L,
                        0L,
                        1L << 30,
                        (1L << 30) + 1),
                option(
                        "maxInFlightRequests",
                        SegmentConfig.Builder::maxInFlightRequests,
                        SegmentConfig::maxInFlightRequests,
                        0,
                        1,
                        64,
                        65),
                option(
                        "maxInFlightBytes",
                        SegmentConfig.Builder::maxInFlightBytes,
                        SegmentConfig::maxInFlightBytes,
                        (1L << 20) - 1,
                        1L << 20,
                        1L << 30,
                        (1L << 30) + 1),
                option("maxRetries", SegmentConfig.Builder::maxRetries, SegmentConfig::maxRetries, -1, 0, 100, 101),
                option(
                        "listenerQueueMessages",
                        SegmentConfig.Builder::listenerQueueMessages,
                        SegmentConfig::listenerQueueMessages,
                        0,
                        1,
                        1_048_576,
                        1_048_577),
                option(
                        "linger",
                        SegmentConfig.Builder::linger,
                        SegmentConfig::linger,
                        Duration.ofNanos(-1),
                        Duration.ZERO,
                        Duration.ofHours(1),
                        Duration.ofHours(1).plusNanos(1)),
                option(
                        "overflowWait",
                        SegmentConfig.Builder::overflowWait,
                        SegmentConfig::overflowWait,
                        Duration.ofNanos(999),
                        Duration.ofNanos(1_000),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10).plusNanos(1)),
                option(
                        "retryDelay",
                        SegmentConfig.Builder::retryDelay,
                        SegmentConfig::retryDelay,
                        Duration.ofMillis(10).minusNanos(1),
                        Duration.ofMillis(10),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(60).plusNanos(1)),
                option(
                        "deliveryDeadline",
                        SegmentConfig.Builder::deliveryDeadline,
                        SegmentConfig::deliveryDeadline,
                        Duration.ofSeconds(1).minusNanos(1),
                        Duration.ofSeconds(1),
                        Duration.ofDays(7),
                        Duration.ofDays(7).plusNanos(1)),
                option(
                        "requestTimeout",
                        SegmentConfig.Builder::requestTimeout,
                        SegmentConfig::requestTimeout,
                        Duration.ofMillis(100).minusNanos(1),
                        Duration.ofMillis(100),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(5).plusNanos(1)),
                option(
                        "connectTimeout",
                        SegmentConfig.Builder::connectTimeout,
                        SegmentConfig::connectTimeout,
                        Duration.ofMillis(10).minusNanos(1),
                        Duration.ofMillis(10),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(1).plusNanos(1)),
                option(
                        "circuitFailures",
                        SegmentConfig.Builder::circuitFailures,
                        SegmentConfig::circuitFailures,
                        -1,
                        0,
                        1_000,
                        1_001),
                option(
                        "stallTimeout",
                        SegmentConfig.Builder::stallTimeout,
                        SegmentConfig::stallTimeout,
                        Duration.ofMillis(999),
                        Duration.ofSeconds(1),
                        Duration.ofHours(1),
                        Duration.ofHours(1).plusNanos(1)),
                option(
                        "closeTimeout",
                        SegmentConfig.Builder::closeTimeout,
                        SegmentConfig::closeTimeout,
                        Duration.ofNanos(-1),
                        Duration.ZERO,
                        Duration.ofHours(1),
                        Duration.ofHours(1).plusNanos(1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ranges")
    <T> void shouldRefuseWhatIsOutOfRange(
            String name, Option<T> option, Function<SegmentConfig, T> read, T below, T min, T max, T above) {
        assertThat(read.apply(option.set(builder(), min).build())).isEqualTo(min);
        assertThat(read.apply(option.set(builder(), max).build())).isEqualTo(max);
        for (T outside : List.of(below, above)) {
            SegmentConfig.Builder builder = option.set(builder(), outside);
            assertThatIllegalArgumentException()
                    .isThrownBy(builder::build)
                    .withMessageStartingWith(name + " ")
                    .withMessageContainingAll(outside.toString(), min.toString(), max.toString())
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain(KEY));
        }
    }

    static Stream<Arguments> needed() {
        return Stream.<Arguments>of(
                arguments("linger", (Option<Duration>) SegmentConfig.Builder::linger),
                arguments("overflowWait", (Option<Duration>) SegmentConfig.Builder::overflowWait),
                arguments("retryDelay", (Option<Duration>) SegmentConfig.Builder::retryDelay),
                arguments("deliveryDeadline", (Option<Duration>) SegmentConfig.Builder::deliveryDeadline),
                arguments("requestTimeout", (Option<Duration>) SegmentConfig.Builder::requestTimeout),
                arguments("connectTimeout", (Option<Duration>) SegmentConfig.Builder::connectTimeout),
                arguments("closeTimeout", (Option<Duration>) SegmentConfig.Builder::closeTimeout),
                arguments("stallTimeout", (Option<Duration>) SegmentConfig.Builder::stallTimeout),
                arguments("spool", (Option<SpoolSettings>) SegmentConfig.Builder::spool),
                arguments("sampling", (Option<SamplingRules>) SegmentConfig.Builder::sampling),
                arguments("overflowPolicy", (Option<OverflowPolicy>) SegmentConfig.Builder::overflowPolicy),
                arguments("compressor", (Option<Compressor>) SegmentConfig.Builder::compressor),
                arguments("name", (Option<String>) SegmentConfig.Builder::name));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("needed")
    <T> void shouldRefuseNullWhereAValueIsNeeded(String name, Option<T> option) {
        SegmentConfig.Builder builder = option.set(builder(), null);

        assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageStartingWith(name + " ");
    }

    private static <T> Arguments common(
            String name,
            Option<T> option,
            T value,
            Function<SegmentConfig, T> read,
            Function<ClientConfig, T> readEngine) {
        return arguments(name, option, value, read, readEngine);
    }

    static Stream<Arguments> commonOptions() throws NoSuchAlgorithmException {
        ErrorListener errors = (message, cause) -> {};
        SaturationListener saturation = change -> {};
        System.Logger logger = System.getLogger("a test");
        ThreadFactory threads = Thread::new;
        InstantSource clock = InstantSource.fixed(Instant.EPOCH);
        Supplier<UUID> ids = () -> new UUID(0, 1);
        return Stream.of(
                common(
                        "host",
                        SegmentConfig.Builder::host,
                        URI.create("https://example.org/in"),
                        SegmentConfig::host,
                        ClientConfig::host),
                common("name", SegmentConfig.Builder::name, "lobby", SegmentConfig::name, ClientConfig::name),
                common("enabled", SegmentConfig.Builder::enabled, false, SegmentConfig::enabled, ClientConfig::enabled),
                common(
                        "maxBatchMessages",
                        SegmentConfig.Builder::maxBatchMessages,
                        1_000,
                        SegmentConfig::maxBatchMessages,
                        ClientConfig::maxBatchEvents),
                common(
                        "maxBatchBytes",
                        SegmentConfig.Builder::maxBatchBytes,
                        300_000,
                        SegmentConfig::maxBatchBytes,
                        ClientConfig::maxBatchBytes),
                common(
                        "linger",
                        SegmentConfig.Builder::linger,
                        Duration.ofMillis(7),
                        SegmentConfig::linger,
                        ClientConfig::linger),
                common(
                        "maxMessageBytes",
                        SegmentConfig.Builder::maxMessageBytes,
                        9_000,
                        SegmentConfig::maxMessageBytes,
                        ClientConfig::maxEventBytes),
                common(
                        "ringSlots",
                        SegmentConfig.Builder::ringSlots,
                        256,
                        SegmentConfig::ringSlots,
                        ClientConfig::ringSlots),
                common("lanes", SegmentConfig.Builder::lanes, 3, SegmentConfig::lanes, ClientConfig::lanes),
                common(
                        "largeMessageArenaBytes",
                        SegmentConfig.Builder::largeMessageArenaBytes,
                        77L,
                        SegmentConfig::largeMessageArenaBytes,
                        ClientConfig::largeEventArenaBytes),
                common(
                        "overflowPolicy",
                        SegmentConfig.Builder::overflowPolicy,
                        OverflowPolicy.WAIT,
                        SegmentConfig::overflowPolicy,
                        ClientConfig::overflowPolicy),
                common(
                        "overflowWait",
                        SegmentConfig.Builder::overflowWait,
                        Duration.ofMillis(11),
                        SegmentConfig::overflowWait,
                        ClientConfig::overflowWait),
                common(
                        "maxInFlightRequests",
                        SegmentConfig.Builder::maxInFlightRequests,
                        5,
                        SegmentConfig::maxInFlightRequests,
                        ClientConfig::maxInFlightRequests),
                common(
                        "maxInFlightBytes",
                        SegmentConfig.Builder::maxInFlightBytes,
                        2_000_000L,
                        SegmentConfig::maxInFlightBytes,
                        ClientConfig::maxInFlightBytes),
                common(
                        "maxRetries",
                        SegmentConfig.Builder::maxRetries,
                        6,
                        SegmentConfig::maxRetries,
                        ClientConfig::maxRetries),
                common(
                        "requestTimeout",
                        SegmentConfig.Builder::requestTimeout,
                        Duration.ofSeconds(8),
                        SegmentConfig::requestTimeout,
                        ClientConfig::requestTimeout),
                common(
                        "connectTimeout",
                        SegmentConfig.Builder::connectTimeout,
                        Duration.ofSeconds(3),
                        SegmentConfig::connectTimeout,
                        ClientConfig::connectTimeout),
                common(
                        "compression",
                        SegmentConfig.Builder::compression,
                        false,
                        SegmentConfig::compression,
                        ClientConfig::compression),
                common(
                        "compressor",
                        SegmentConfig.Builder::compressor,
                        Compressor.ZLIB,
                        SegmentConfig::compressor,
                        ClientConfig::compressor),
                common(
                        "splitOnBadRequest",
                        SegmentConfig.Builder::splitOnBadRequest,
                        false,
                        SegmentConfig::splitOnBadRequest,
                        ClientConfig::splitOnBadRequest),
                common(
                        "listenerQueueMessages",
                        SegmentConfig.Builder::listenerQueueMessages,
                        12,
                        SegmentConfig::listenerQueueMessages,
                        ClientConfig::listenerQueueEvents),
                common(
                        "errorListener",
                        SegmentConfig.Builder::errorListener,
                        errors,
                        SegmentConfig::errorListener,
                        ClientConfig::errorListener),
                common(
                        "closeTimeout",
                        SegmentConfig.Builder::closeTimeout,
                        Duration.ofSeconds(1),
                        SegmentConfig::closeTimeout,
                        ClientConfig::closeTimeout),
                common(
                        "circuitFailures",
                        SegmentConfig.Builder::circuitFailures,
                        3,
                        SegmentConfig::circuitFailures,
                        ClientConfig::circuitFailures),
                common(
                        "stallTimeout",
                        SegmentConfig.Builder::stallTimeout,
                        Duration.ofSeconds(3),
                        SegmentConfig::stallTimeout,
                        ClientConfig::stallTimeout),
                common(
                        "saturationListener",
                        SegmentConfig.Builder::saturationListener,
                        saturation,
                        SegmentConfig::saturationListener,
                        ClientConfig::saturationListener),
                common(
                        "saturationLevels",
                        (builder, high) -> builder.saturationLevels(high, 0.1),
                        0.8,
                        SegmentConfig::saturationHigh,
                        ClientConfig::saturationHigh),
                common(
                        "sampling",
                        SegmentConfig.Builder::sampling,
                        SamplingRules.builder().limit("tick", 5).build(),
                        SegmentConfig::sampling,
                        ClientConfig::sampling),
                common(
                        "spool",
                        SegmentConfig.Builder::spool,
                        SpoolSettings.builder(Path.of("spool")).build(),
                        SegmentConfig::spool,
                        ClientConfig::spool),
                common(
                        "proxy",
                        SegmentConfig.Builder::proxy,
                        URI.create("http://proxy.internal:3128"),
                        SegmentConfig::proxy,
                        ClientConfig::proxy),
                common(
                        "sslContext",
                        SegmentConfig.Builder::sslContext,
                        SSLContext.getDefault(),
                        SegmentConfig::sslContext,
                        ClientConfig::sslContext),
                common("logger", SegmentConfig.Builder::logger, logger, SegmentConfig::logger, ClientConfig::logger),
                common("debug", SegmentConfig.Builder::debug, true, SegmentConfig::debug, ClientConfig::debug),
                common(
                        "threadFactory",
                        SegmentConfig.Builder::threadFactory,
                        threads,
                        SegmentConfig::threadFactory,
                        ClientConfig::threadFactory),
                common("clock", SegmentConfig.Builder::clock, clock, SegmentConfig::clock, ClientConfig::clock),
                common(
                        "idSource",
                        SegmentConfig.Builder::idSource,
                        ids,
                        SegmentConfig::idSource,
                        ClientConfig::idSource));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("commonOptions")
    <T> void shouldHandEachCommonOptionToTheEngine(
            String name,
            Option<T> option,
            T value,
            Function<SegmentConfig, T> read,
            Function<ClientConfig, T> readEngine) {
        SegmentConfig config = option.set(builder(), value).build();

        assertThat(read.apply(builder().build())).isNotEqualTo(value);
        assertThat(read.apply(config)).isEqualTo(value);
        assertThat(readEngine.apply(config.engine())).isEqualTo(value);
    }

    @Test
    void shouldHaveATestForEachOptionOfTheBuilder() throws NoSuchAlgorithmException {
        Set<String> tested =
                commonOptions().map(row -> (String) row.get()[0]).collect(Collectors.toCollection(TreeSet::new));
        tested.addAll(Set.of("header", "retryDelay", "deliveryDeadline", "retryPolicy", "defaultContext"));
        tested.addAll(Set.of("contextInMessages", "messageListener", "development", "build"));

        Stream<String> options = Arrays.stream(SegmentConfig.Builder.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .map(Method::getName)
                .distinct();
        assertThat(options).containsExactlyInAnyOrderElementsOf(tested);
    }

    @Test
    void shouldKeepWhatOnlySegmentHas() {
        RetryPolicy policy = attempt -> Duration.ZERO;
        Context context = Context.builder().ip("203.0.113.9").build();
        MessageListener listener = new IgnoringListener();
        SegmentConfig config = builder()
                .retryDelay(Duration.ofSeconds(30))
                .deliveryDeadline(Duration.ofMinutes(3))
                .retryPolicy(policy)
                .defaultContext(context)
                .contextInMessages(true)
                .messageListener(listener)
                .build();

        assertThat(config.retryDelay()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.deliveryDeadline()).isEqualTo(Duration.ofMinutes(3));
        assertThat(config.retryPolicy()).isSameAs(policy);
        assertThat(config.defaultContext()).isSameAs(context);
        assertThat(config.contextInMessages()).isTrue();
        assertThat(config.messageListener()).isSameAs(listener);
        assertThat(config.engine().deliveryListener()).isNull();
        assertThat(config.engine().retryDelay()).isEqualTo(ClientConfig.DEFAULT_RETRY_DELAY);
    }

    @Test
    void shouldBeToldApartFromAnEventClientByItsName() {
        assertThat(builder().build().name())
                .isNotEqualTo(ClientConfig.builder(KEY).build().name());
    }

    private static final class IgnoringListener implements MessageListener {

        @Override
        public void onSuccess(MessageNotice notice) {
            // only its identity matters
        }

        @Override
        public void onFailure(MessageNotice notice) {
            // only its identity matters
        }
    }

    @Test
    void shouldTakeNullForAnEmptyDefaultContext() {
        Context context = Context.builder().ip("203.0.113.9").build();

        assertThat(builder()
                        .defaultContext(context)
                        .defaultContext(null)
                        .build()
                        .defaultContext()
                        .asMap())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "999, 999", "1000, 1000", "1001, 1000", "2500, 1000"})
    void shouldKeepMoreMessagesPerBatchThanTheEngineCanHold(int messages, int events) {
        SegmentConfig config = builder().maxBatchMessages(messages).build();

        assertThat(config.maxBatchMessages()).isEqualTo(messages);
        assertThat(config.engine().maxBatchEvents()).isEqualTo(events);
    }

    @Test
    void shouldHandTheWriteKeyToTheEngine() {
        SegmentConfig config = SegmentConfig.builder(" \t" + KEY + "\n").build();

        assertThat(config.writeKey()).isEqualTo(KEY);
        assertThat(config.engine().apiKey()).isEqualTo(KEY);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {" ", "\t\n"})
    void shouldAcceptABlankKeyForAnInertClient(String key) {
        SegmentConfig config = SegmentConfig.builder(key).build();

        assertThat(config.writeKey()).isEmpty();
        assertThat(config.engine().apiKey()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hunter2 x",
                "hunter2:",
                ":hunter2",
                "hunter2\nX: y",
                "hunter2\u001f",
                "hunter2\u007f",
                "hunter2\u0080",
                "hunter2é"
            })
    void shouldRefuseAKeyThatIsNoUserNameWithoutRepeatingIt(String key) {
        SegmentConfig.Builder builder = SegmentConfig.builder(key + "x");

        assertThatIllegalArgumentException()
                .isThrownBy(builder::build)
                .withMessageStartingWith("writeKey ")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"))
                .withNoCause();
    }

    @Test
    void shouldTakeEveryPrintableCharacterInAKeyButTheColon() {
        String printable = Stream.iterate('!', c -> c <= '~', c -> (char) (c + 1))
                .filter(c -> c != ':')
                .map(String::valueOf)
                .collect(Collectors.joining());

        assertThat(SegmentConfig.builder(printable).build().writeKey())
                .hasSize(93)
                .isEqualTo(printable);
    }

    @Test
    void shouldBoundTheLengthOfItsKey() {
        assertThat(SegmentConfig.builder("k".repeat(1_000)).build().writeKey()).hasSize(1_000);
        SegmentConfig.Builder builder = SegmentConfig.builder("k".repeat(1_001));

        assertThatIllegalArgumentException()
                .isThrownBy(builder::build)
                .withMessageStartingWith("writeKey ")
                .withMessageContaining("1000")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("kkk"));
    }

    @Test
    void shouldShowNoSecret() {
        String text = builder()
                .header("X-Token", "Bearer secret-token")
                .maxBatchMessages(42)
                .build()
                .toString();

        assertThat(text)
                .contains("api.segment.io", "writeKey=***", "maxBatchMessages=42")
                .doesNotContain(KEY)
                .doesNotContain("secret-token");
        assertThat(SegmentConfig.builder("").build().toString()).contains("writeKey=none");
    }

    @Test
    void shouldKnowItsHosts() {
        assertThat(SegmentConfig.US_HOST).isEqualTo(URI.create("https://api.segment.io"));
        assertThat(SegmentConfig.EU_HOST).isEqualTo(URI.create("https://events.eu1.segmentapis.com"));
        assertThat(SegmentConfig.DEFAULT_HOST).isEqualTo(SegmentConfig.US_HOST);
    }

    @Test
    void shouldTakeItsHostAsTextOrAsUri() {
        assertThat(builder().host("  https://example.org/in/ ").build().host())
                .isEqualTo(URI.create("https://example.org/in"));
        assertThat(builder().host(SegmentConfig.EU_HOST).build().host()).isEqualTo(SegmentConfig.EU_HOST);
        assertThat(builder().host(URI.create("http://localhost:8000/")).build().host())
                .isEqualTo(URI.create("http://localhost:8000"));
    }

    @Test
    void shouldUseItsOwnDefaultForABlankHost() {
        for (String blank : new String[] {null, "", " ", "\t\n"}) {
            assertThat(builder().host(SegmentConfig.EU_HOST).host(blank).build().host())
                    .isEqualTo(SegmentConfig.DEFAULT_HOST);
        }
        assertThat(builder()
                        .host(SegmentConfig.EU_HOST)
                        .host((URI) null)
                        .build()
                        .host())
                .isEqualTo(SegmentConfig.DEFAULT_HOST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"api.segment.io", "ftp://example.org", "https://example.org?a=b", "https://u:p@example.org"})
    void shouldRefuseAHostThatIsNoBaseUrl(String url) {
        SegmentConfig.Builder builder = builder();
        URI uri = URI.create(url);

        assertThatIllegalArgumentException().isThrownBy(() -> builder.host(url)).withMessageStartingWith("host ");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.host(uri)).withMessageStartingWith("host ");
    }

    @Test
    void shouldHandItsHeadersToTheEngine() {
        SegmentConfig config = builder()
                .header("X-A", "1")
                .header("x-a", "2")
                .header("X-B", "3")
                .build();

        assertThat(config.headers()).hasSize(2).containsEntry("X-B", "3");
        assertThat(config.headers().get("X-A")).isEqualTo("2");
        assertThat(config.engine().headers()).isEqualTo(config.headers());
        assertThat(config.headers()).isUnmodifiable();
    }

    @Test
    void shouldRefuseHeadersOfTheProtocol() {
        SegmentConfig.Builder builder = builder();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.header("Content-Encoding", "br"))
                .withMessageContaining("Content-Encoding");
    }

    @Test
    void shouldRefuseARingThatIsNoPowerOfTwo() {
        SegmentConfig.Builder builder = builder().ringSlots(100);

        assertThatIllegalArgumentException()
                .isThrownBy(builder::build)
                .withMessageContainingAll("ringSlots", "power of two", "100");
    }

    @Test
    void shouldBoundTheLengthOfItsName() {
        assertThat(builder().name("x").build().name()).hasSize(1);
        assertThat(builder().name("x".repeat(40)).build().name()).hasSize(40);
        for (String name : new String[] {"", " ", "x".repeat(41)}) {
            SegmentConfig.Builder builder = builder().name(name);
            assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContainingAll("name", "1 to 40");
        }
    }

    @Test
    void shouldAcceptOnlyAnHttpProxy() {
        SegmentConfig.Builder builder = builder().proxy(URI.create("https://proxy:1"));

        assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageStartingWith("proxy ");
    }

    @Test
    void shouldReadTheEnvironment() {
        SegmentConfig config = SegmentConfig.fromEnvironment(
                        Map.of("SEGMENT_WRITE_KEY", " key_env ", "SEGMENT_HOST", "https://events.eu1.segmentapis.com/"))
                .build();

        assertThat(config.writeKey()).isEqualTo("key_env");
        assertThat(config.host()).isEqualTo(SegmentConfig.EU_HOST);
    }

    @Test
    void shouldKeepDefaultsForAnEmptyEnvironment() {
        SegmentConfig config = SegmentConfig.fromEnvironment(Map.of()).build();

        assertThat(config.writeKey()).isEmpty();
        assertThat(config.host()).isEqualTo(SegmentConfig.DEFAULT_HOST);
    }

    @Test
    void shouldNotReadTheOtherKindOfClientFromTheEnvironment() {
        SegmentConfig config = SegmentConfig.fromEnvironment(
                        Map.of("POSTHOG_API_KEY", "phc_env", "POSTHOG_HOST", "https://eu.i.posthog.com"))
                .build();

        assertThat(config.writeKey()).isEmpty();
        assertThat(config.host()).isEqualTo(SegmentConfig.DEFAULT_HOST);
    }

    @Test
    void shouldRefuseAnUnusableHostInTheEnvironment() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SegmentConfig.fromEnvironment(Map.of("SEGMENT_HOST", "nowhere")))
                .withMessageStartingWith("host ");
    }

    @Test
    void shouldSetTwoOptionsForDevelopment() {
        SegmentConfig config = builder().maxBatchMessages(7).development().build();

        assertThat(config.maxBatchMessages()).isEqualTo(1);
        assertThat(config.debug()).isTrue();
        assertThat(config.linger()).isEqualTo(SegmentConfig.DEFAULT_LINGER);
    }

    @Test
    void shouldLetWhatIsSetAfterDevelopmentCount() {
        SegmentConfig config =
                builder().development().maxBatchMessages(2).debug(false).build();

        assertThat(config.maxBatchMessages()).isEqualTo(2);
        assertThat(config.debug()).isFalse();
    }

    @Test
    void shouldNotChangeWhatItsBuilderMadeBefore() {
        Context context = Context.builder().ip("203.0.113.9").build();
        SegmentConfig.Builder builder = builder().header("X-A", "1").maxBatchMessages(10);
        SegmentConfig first = builder.build();
        SegmentConfig second = builder.header("X-B", "2")
                .host(SegmentConfig.EU_HOST)
                .maxBatchMessages(20)
                .maxMessageBytes(2_000)
                .lanes(2)
                .defaultContext(context)
                .build();

        assertThat(first.headers()).containsOnlyKeys("X-A");
        assertThat(first.host()).isEqualTo(SegmentConfig.US_HOST);
        assertThat(first.maxBatchMessages()).isEqualTo(10);
        assertThat(first.engine().maxBatchEvents()).isEqualTo(10);
        assertThat(first.maxMessageBytes()).isEqualTo(32_000);
        assertThat(first.lanes()).isEqualTo(1);
        assertThat(first.defaultContext().asMap()).isEmpty();
        assertThat(second.headers()).containsOnlyKeys("X-A", "X-B");
        assertThat(second.host()).isEqualTo(SegmentConfig.EU_HOST);
        assertThat(second.maxBatchMessages()).isEqualTo(20);
        assertThat(second.engine().maxBatchEvents()).isEqualTo(20);
        assertThat(second.maxMessageBytes()).isEqualTo(2_000);
        assertThat(second.lanes()).isEqualTo(2);
        assertThat(second.defaultContext()).isSameAs(context);
    }

    @Test
    void shouldBuildAfterAnOptionWasPutRight() {
        SegmentConfig.Builder builder = builder().maxBatchMessages(2_501);

        assertThatIllegalArgumentException().isThrownBy(builder::build);
        assertThat(builder.maxBatchMessages(2_500).build().maxBatchMessages()).isEqualTo(2_500);
    }
}

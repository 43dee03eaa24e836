package dev.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.penstock.client.CaptureClient;
import dev.penstock.client.CaptureClients;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.ClientConfig;
import dev.penstock.client.CloseReport;
import dev.penstock.client.FlushResult;
import dev.penstock.collector.Answer;
import dev.penstock.collector.Collector;
import dev.penstock.collector.ReceivedEvent;
import dev.penstock.collector.ReceivedRequest;
import dev.penstock.engine.testing.Await;
import dev.penstock.engine.testing.ClientFixture;
import dev.penstock.engine.testing.EngineThreadNames;
import dev.penstock.engine.testing.ManualClock;
import dev.penstock.engine.testing.RecordingLogger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be configured does what it says, also when what was given misbehaves. */
@Timeout(60)
class OptionsTest {

    private final Collector collector = Collector.start();

    @AfterEach
    void closeCollector() {
        collector.close();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  ", "\t\n"})
    void shouldBeInertWithoutAKeyAndSaySoOnce(String key) {
        RecordingLogger logger = new RecordingLogger();
        try (CaptureClient client = CaptureClients.create(ClientConfig.builder(key)
                .host(collector.uri().toString())
                .name("keyless")
                .logger(logger)
                .build())) {
            assertInert(client);
            assertThat(EngineThreadNames.alive("keyless")).isEmpty();
        }
        assertThat(logger.from(System.Logger.Level.TRACE))
                .singleElement()
                .asString()
                .contains("keyless", "no project API key");
        assertThat(collector.totalConnections()).isZero();
    }

    @Test
    void shouldBeInertAndSilentWhenDisabled() {
        try (ClientFixture fixture = ClientFixture.of(collector, config -> config.enabled(false))) {
            assertInert(fixture.client());
            assertThat(EngineThreadNames.alive(fixture.name())).isEmpty();
            assertThat(fixture.logger().lines()).isEmpty();
        }
        assertThat(collector.totalConnections()).isZero();
    }

    private static void assertInert(CaptureClient client) {
        assertThat(client.capture("user", "event", Map.of())).isEqualTo(CaptureResult.DISABLED);
        assertThat(client.event("event").put("a", 1).send()).isEqualTo(CaptureResult.DISABLED);
        assertThat(client.capture((writer, argument) -> writer.event("event"), null))
                .isEqualTo(CaptureResult.DISABLED);
        assertThat(client.propertyKey("key").name()).isEqualTo("key");
        assertThat(client.flush(Duration.ofSeconds(1))).isEqualTo(FlushResult.COMPLETED);
        assertThat(client.stats().results().get(CaptureResult.DISABLED)).isEqualTo(3);
        CloseReport report = client.close(Duration.ofSeconds(1));
        assertThat(report.drained()).isTrue();
        assertThat(report.threadsStopped()).isTrue();
        assertThat(client.capture("user", "event", Map.of())).isEqualTo(CaptureResult.DISABLED);
        assertThat(client.stats().isBalanced()).isTrue();
    }

    @Test
    void shouldSendExtraHeadersAndNothingSecret() {
        try (ClientFixture fixture = ClientFixture.sendingOnFlush(
                collector.uri(), config -> config.header("X-Team", "growth").header("X-Trace", "a, b"))) {
            collector.answerNext(Answer.ok().header("Set-Cookie", "session=1; Path=/"));
            fixture.capture(5);
            fixture.flush();
            fixture.capture(5);
            fixture.flush();

            assertThat(collector.requests()).hasSize(2);
            for (ReceivedRequest request : collector.requests()) {
                assertThat(request.path()).isEqualTo("/batch");
                assertThat(request.headers())
                        .containsEntry("x-team", "growth")
                        .containsEntry("x-trace", "a, b")
                        .containsEntry("content-type", "application/json")
                        .containsEntry("content-encoding", "gzip")
                        .doesNotContainKeys("authorization", "cookie", "accept-encoding", "expect");
                assertThat(request.headers().get("user-agent")).matches("penstock[a-z-]*/.+");
            }
        }
    }

    @Test
    void shouldSendNoEncodingHeaderWithoutCompression() {
        try (ClientFixture fixture = ClientFixture.of(collector, config -> config.compression(false))) {
            fixture.capture(1);
            fixture.flush();
            assertThat(collector.requests().get(0).headers()).doesNotContainKey("content-encoding");
            assertThat(collector.stats().bytesWire())
                    .isEqualTo(collector.stats().bytesPlain());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type",
                "content-encoding",
                "CONTENT-LENGTH",
                "Host",
                "Transfer-Encoding",
                "Connection",
                "Expect"
            })
    void shouldNotLetAnExtraHeaderOverrideTheProtocol(String header) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClientConfig.builder("phc_test").header(header, "x"))
                .withMessageContaining("belongs to the protocol");
    }

    @Test
    void shouldKeepSeveralClientsApart() {
        try (Collector other = Collector.start();
                ClientFixture first = ClientFixture.of(collector);
                ClientFixture second = ClientFixture.of(other, config -> config.maxRetries(0))) {
            other.answerAll(Answer.status(503));
            first.capture(10);
            second.capture(7);
            first.flush();
            second.flush();
            assertThat(first.stats().delivered()).isEqualTo(10);
            assertThat(second.stats().expired()).isEqualTo(7);

            second.end(Duration.ofSeconds(5));
            assertThat(EngineThreadNames.alive(second.name())).isEmpty();
            assertThat(EngineThreadNames.alive(first.name())).isNotEmpty();
            first.capture(10);
            first.flush();
            assertThat(first.stats().delivered()).isEqualTo(20);
            assertThat(collector.stats().distinct()).isEqualTo(20);
            first.assertQuiet();
        }
    }

    @Test
    void shouldUseTheGivenThreadFactoryAndNameItsThreads() {
        List<Thread> made = new CopyOnWriteArrayList<>();
        try (ClientFixture fixture = ClientFixture.of(
                collector,
                config -> config.lanes(2).deliveryListener(notice -> {}).threadFactory(task -> {
                    Thread thread = new Thread(task, "to be renamed");
                    thread.setDaemon(true);
                    made.add(thread);
                    return thread;
                }))) {
            fixture.capture(5);
            fixture.flush();
            assertThat(made)
                    .extracting(Thread::getName)
                    .allMatch(name -> name.startsWith("penstock-" + fixture.name() + "-"))
                    .contains(
                            "penstock-" + fixture.name() + "-pipeline-0", "penstock-" + fixture.name() + "-pipeline-1");
            assertThat(EngineThreadNames.alive(fixture.name()))
                    .containsExactlyInAnyOrderElementsOf(made.stream()
                            .filter(Thread::isAlive)
                            .map(Thread::getName)
                            .toList());
            CloseReport report = fixture.end(Duration.ofSeconds(5));
            assertThat(report.threadsStopped()).isTrue();
            assertThat(made).noneMatch(Thread::isAlive);
        }
    }

    @Test
    void shouldUseDaemonThreadsOfItsOwn() {
        try (ClientFixture fixture = ClientFixture.of(collector, config -> config.deliveryListener(notice -> {}))) {
            fixture.capture(1);
            fixture.flush();
            String prefix = "penstock-" + fixture.name() + "-";
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().startsWith(prefix))
                    .hasSizeGreaterThanOrEqualTo(3)
                    .allMatch(Thread::isDaemon);
        }
    }

    /** Whichever thread it is, and whether or not the client can do without it for the moment. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void shouldLeaveNoThreadBehindWhenItCannotStart(int failing) {
        List<Thread> made = new CopyOnWriteArrayList<>();
        AtomicInteger left = new AtomicInteger(failing);
        ClientConfig config = ClientConfig.builder("phc_test")
                .host(collector.uri().toString())
                .name("half-" + failing)
                .lanes(2)
                .errorListener((message, cause) -> {})
                .threadFactory(task -> {
                    if (left.getAndDecrement() == 0) {
                        return null;
                    }
                    Thread thread = new Thread(task);
                    thread.setDaemon(true);
                    made.add(thread);
                    return thread;
                })
                .build();
        try {
            CaptureClients.create(config).close();
        } catch (IllegalStateException e) {
            assertThat(e).hasMessageContaining("threadFactory");
        }
        Await.until(
                () -> made.stream().noneMatch(Thread::isAlive),
                Duration.ofSeconds(2),
                "all threads that were started end",
                made::toString);
    }

    @Test
    void shouldGoOnWhenItsPipelineIsInterrupted() {
        List<Thread> made = new CopyOnWriteArrayList<>();
        try (ClientFixture fixture = ClientFixture.of(
                collector,
                config -> config.closeTimeout(Duration.ofSeconds(1)).threadFactory(task -> {
                    Thread thread = new Thread(task);
                    thread.setDaemon(true);
                    made.add(thread);
                    return thread;
                }))) {
            fixture.capture(5);
            fixture.flush();
            made.stream()
                    .filter(thread -> thread.getName().contains("pipeline"))
                    .toList()
                    .forEach(Thread::interrupt);
            Await.pause(Duration.ofMillis(20));
            fixture.capture(5);
            fixture.client().flush(Duration.ofSeconds(3));
            assertThat(fixture.stats().delivered())
                    .as(fixture.stats().summary())
                    .isEqualTo(10);
            assertThat(collector.stats().distinct()).isEqualTo(10);
        }
    }

    @Test
    void shouldStampEventsAndRequestsByTheGivenClock() {
        ManualClock clock = new ManualClock(Instant.parse("2001-02-03T04:05:06.789Z"));
        try (ClientFixture fixture = ClientFixture.of(collector, config -> config.clock(clock))) {
            fixture.capture("first");
            fixture.flush();
            clock.setWall(Instant.parse("1999-12-31T23:59:59.999Z"));
            // The pipeline reads the clock, about every millisecond.
            Await.until(
                    () -> {
                        fixture.client().event("later").distinctId("u").send();
                        fixture.flush();
                        List<ReceivedEvent> events = collector.events();
                        return events.get(events.size() - 1).timestamp().equals(clock.instant());
                    },
                    "the clock has stepped back");

            assertThat(collector.events().get(0).timestamp()).isEqualTo(Instant.parse("2001-02-03T04:05:06.789Z"));
            assertThat(collector.requests().get(0).body()).contains("\"sent_at\":\"2001-02-03T04:05:06.789Z\"");
            assertThat(UUID.fromString(collector.events().get(0).uuid()).getMostSignificantBits() >>> 16)
                    .isEqualTo(Instant.parse("2001-02-03T04:05:06.789Z").toEpochMilli());
        }
    }

    /** The engine's own threads never die of what a user gave them. */
    @Test
    void shouldDeliverAndCloseWhenTheGivenClockThrows() {
        AtomicInteger reads = new AtomicInteger();
        InstantSource broken = () -> {
            if (reads.incrementAndGet() > 1) {
                throw new IllegalStateException("clock");
            }
            return Instant.parse("2026-02-11T09:30:02.417Z");
        };
        try (ClientFixture fixture =
                ClientFixture.of(collector, config -> config.clock(broken).closeTimeout(Duration.ofSeconds(1)))) {
            fixture.capture(5);
            assertThat(fixture.client().flush(Duration.ofSeconds(3))).isEqualTo(FlushResult.COMPLETED);
            assertThat(fixture.stats().delivered()).isEqualTo(5);
            Await.until(
                    () -> !fixture.logger().from(System.Logger.Level.WARNING).isEmpty(),
                    Duration.ofSeconds(3),
                    "said",
                    fixture.client());
        }
    }

    @Test
    void shouldUseTheGivenIdSource() {
        AtomicInteger next = new AtomicInteger();
        try (ClientFixture fixture = ClientFixture.sendingOnFlush(
                collector.uri(), config -> config.idSource(() -> new UUID(7, next.incrementAndGet())))) {
            fixture.capture(3);
            UUID given = new UUID(1, 2);
            fixture.client().event("own").uuid(given).send();
            fixture.flush();
            assertThat(collector.events())
                    .extracting(ReceivedEvent::uuid)
                    .containsExactly(
                            new UUID(7, 1).toString(),
                            new UUID(7, 2).toString(),
                            new UUID(7, 3).toString(),
                            given.toString());
        }
    }

    @Test
    void shouldUseIdsOfItsOwnWhenTheGivenSourceFails() {
        AtomicInteger calls = new AtomicInteger();
        try (ClientFixture fixture = ClientFixture.of(
                collector,
                config -> config.idSource(() -> {
                    if (calls.incrementAndGet() % 2 == 0) {
                        return null;
                    }
                    throw new IllegalStateException("ids");
                }))) {
            fixture.capture(20);
            fixture.flush();
            assertThat(collector.stats().distinct()).isEqualTo(20);
            assertThat(collector.events())
                    .allMatch(event -> UUID.fromString(event.uuid()).version() == 7);
            Await.until(
                    () -> !fixture.logger().from(System.Logger.Level.WARNING).isEmpty(), "said");
            assertThat(fixture.logger().from(System.Logger.Level.WARNING))
                    .singleElement()
                    .asString()
                    .contains("id source");
        }
    }

    @Test
    void shouldWaitForACountOfEventsWithoutAFlush() {
        try (ClientFixture fixture =
                ClientFixture.of(collector, config -> config.maxBatchEvents(3).linger(Duration.ofHours(1)))) {
            fixture.capture(2);
            Await.pause(Duration.ofMillis(100));
            assertThat(collector.totalConnections()).isZero();
            fixture.capture(1);
            collector.awaitEvents(3, Await.LONG);
            assertThat(collector.stats().requests()).isEqualTo(1);
        }
    }
}

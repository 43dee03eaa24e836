package dev.penstock.collector;

import static dev.penstock.collector.Batches.batch;
import static dev.penstock.collector.Batches.event;
import static dev.penstock.collector.Batches.one;
import static dev.penstock.collector.Batches.uuid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.ConnectException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectorTest {
    private static final Duration WAIT = Duration.ofSeconds(10);

    @Test
    void shouldKeepEventsAsReceived() throws IOException {
        String sent = event("invoice paid", 5).replace("{\"event\"", "{ \"event\"");
        try (Collector collector = Collector.start()) {
            RawClient.postOnce(collector, batch(event("é first", 4), sent));
            collector.awaitEvents(2, WAIT);
            ReceivedEvent event = collector.events().get(1);
            assertThat(event.event()).isEqualTo("invoice paid");
            assertThat(event.distinctId()).isEqualTo("account-7781");
            assertThat(event.uuid()).isEqualTo(uuid(5));
            assertThat(event.timestamp()).isEqualTo(Instant.parse("2026-02-11T09:30:01.902Z"));
            assertThat(event.timestampText()).isEqualTo("2026-02-11T09:30:01.902Z");
            assertThat(event.json()).isEqualTo(sent);
            assertThat(event.propertiesJson()).isEqualTo(Batches.PROPERTIES);
            assertThat(event.property("amount_cents")).isEqualTo(12900L);
            assertThat(event.fields()).containsKeys("event", "properties");
            assertThat(collector.events().get(0).event()).isEqualTo("é first");
            assertThat(collector.storedAll()).isTrue();
        }
    }

    @Test
    void shouldReadPropertiesWithTheirTypes() throws IOException {
        String properties = "\"s\":\"t\",\"t\":true,\"f\":false,\"n\":null,\"l\":-7,\"b\":12345678901234567890,"
                + "\"d\":0.1,\"e\":1e3,\"p\":0.12345678901234567890123,\"h\":1e400,\"a\":[1,\"x\",null],\"o\":{\"k\":{}}";
        try (Collector collector = Collector.start()) {
            RawClient.postOnce(collector, batch(event("a", 1).replace("\"amount_cents\":12900", properties)));
            Map<String, Object> read = collector.events().get(0).properties();
            assertThat(read)
                    .containsExactly(
                            entry("$lib", "penstock"),
                            entry("$lib_version", "0.1.0"),
                            entry("s", "t"),
                            entry("t", true),
                            entry("f", false),
                            entry("n", null),
                            entry("l", -7L),
                            entry("b", new BigInteger("12345678901234567890")),
                            entry("d", 0.1),
                            entry("e", 1000.0),
                            entry("p", new BigDecimal("0.12345678901234567890123")),
                            entry("h", new BigDecimal("1e400")),
                            entry("a", Arrays.asList(1L, "x", null)),
                            entry("o", Map.of("k", Map.of())));
        }
    }

    @Test
    void shouldCountDuplicatesAcrossRequests() throws IOException {
        for (CollectorMode mode : CollectorMode.values()) {
            try (Collector collector = Collector.builder().mode(mode).start()) {
                RawClient.postOnce(collector, batch(event("a", 1), event("a", 2)));
                RawClient.postOnce(collector, batch(event("a", 2), event("a", 3)));
                assertThat(collector.stats().events()).isEqualTo(4);
                assertThat(collector.stats().distinct()).isEqualTo(3);
                assertThat(collector.stats().duplicates()).isEqualTo(1);
            }
        }
    }

    @Test
    void shouldAcceptOnlyTheConfiguredKey() throws IOException {
        try (Collector collector = Collector.builder().apiKey("phc_demo").start()) {
            assertThat(RawClient.postOnce(collector, one(1)).status()).isEqualTo(200);
            assertThat(RawClient.postOnce(collector, one(2).replace("phc_demo", "phc_other"))
                            .status())
                    .isEqualTo(401);
            assertThat(collector.stats().events()).isEqualTo(1);
            assertThat(collector.invalidReasons()).containsExactly("api_key is not the one expected");
        }
    }

    @Test
    void shouldAskWhoseBatchItIsBeforeWhatIsInIt() throws IOException {
        try (Collector collector = Collector.builder().apiKey("phc_demo").start()) {
            assertThat(RawClient.postOnce(collector, batch().replace("phc_demo", "phc_other"))
                            .status())
                    .isEqualTo(401);
            assertThat(RawClient.postOnce(collector, batch()).status()).isEqualTo(400);
            assertThat(collector.invalidReasons()).containsExactly("api_key is not the one expected", "batch is empty");
        }
    }

    @Test
    void shouldRecordEachEventOnItsLine(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("events.jsonl");
        String spaced = event("b", 2).replace(",", "\r\n  ,\n");
        for (CollectorMode mode : CollectorMode.values()) {
            Files.deleteIfExists(file);
            try (Collector collector =
                    Collector.builder().mode(mode).recordTo(file).start()) {
                RawClient.postOnce(collector, batch(event("é", 1), spaced));
                assertThat(Files.readAllLines(file))
                        .containsExactly(event("é", 1), event("b", 2).replace(",", "  ,"));
                collector.answerNext(Answer.status(503));
                RawClient.postOnce(collector, one(3));
                RawClient.postOnce(collector, "{}");
                RawClient.postOnce(collector, one(4));
            }
            assertThat(Files.readAllLines(file)).hasSize(3).last().isEqualTo(event("invoice paid", 4));
        }
        try (Collector collector = Collector.builder().recordTo(file).start()) {
            RawClient.postOnce(collector, one(5));
        }
        assertThat(Files.readAllLines(file)).hasSize(4);
    }

    @Test
    void shouldOnlyCountBeyondTheStorageBound() throws IOException {
        try (Collector collector = Collector.builder().maxStoredEvents(2).start()) {
            RawClient.postOnce(collector, batch(event("a", 1), event("a", 2)));
            assertThat(collector.storedAll()).isTrue();
            RawClient.postOnce(collector, one(3));
            assertThat(collector.storedAll()).isFalse();
            assertThat(collector.events()).hasSize(2);
            assertThat(collector.stats().events()).isEqualTo(3);
            collector.reset();
            assertThat(collector.storedAll()).isTrue();
        }
        try (Collector collector = Collector.builder().maxStoredBytes(10).start()) {
            RawClient.postOnce(collector, one(1));
            assertThat(collector.storedAll()).isFalse();
            assertThat(collector.requests()).isEmpty();
        }
    }

    @Test
    void shouldForgetEverythingOnReset() throws IOException {
        try (Collector collector = Collector.start();
                RawClient client = new RawClient(collector)) {
            client.post(one(1));
            client.post("{}");
            collector.answerAll(Answer.status(500));
            collector.reset();
            assertThat(collector.stats()).isEqualTo(new CollectorStats(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
            assertThat(collector.events()).isEmpty();
            assertThat(collector.requests()).isEmpty();
            assertThat(collector.invalidReasons()).isEmpty();
            assertThat(client.post(one(1)).status()).isEqualTo(200);
            assertThat(collector.stats().duplicates()).isZero();
        }
    }

    @Test
    void shouldLeaveNoTraceOfARequestThatAResetOvertook() throws IOException {
        try (Collector collector = Collector.start();
                RawClient client = new RawClient(collector)) {
            String head = "POST /batch HTTP/1.1\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n";
            client.send(head + "Content-Length: " + one(1).length() + "\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(100);
            collector.reset();
            client.send(one(1));
            assertThat(client.read().status()).isEqualTo(200);
            assertThat(collector.stats().requests()).isZero();
        }
    }

    @Test
    void shouldRefuseConnectionsDuringAnOutageAndComeBackOnTheSamePort() throws IOException {
        try (Collector collector = Collector.start();
                RawClient client = new RawClient(collector)) {
            client.post(one(1));
            int port = collector.port();
            collector.stop();
            assertThat(collector.openConnections()).isZero();
            assertThatThrownBy(() -> client.post(one(2))).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> new RawClient(collector)).isInstanceOf(ConnectException.class);
            assertThat(collector.stats().events()).isEqualTo(1);
            collector.restart();
            assertThat(collector.port()).isEqualTo(port);
            assertThat(RawClient.postOnce(collector, one(1)).status()).isEqualTo(200);
            assertThat(collector.stats().duplicates()).isEqualTo(1);
            assertThat(collector.totalConnections()).isEqualTo(2);
        }
    }

    @Test
    void shouldLetAnotherCollectorTakeThePortAtOnce() throws IOException {
        Collector first = Collector.start();
        try (RawClient client = new RawClient(first)) {
            client.post(one(1));
            first.close();
            try (Collector second = Collector.builder().port(first.port()).start()) {
                assertThat(RawClient.postOnce(second, one(1)).status()).isEqualTo(200);
            }
        }
    }

    @Test
    void shouldCloseConnectionsButGoOnListening() throws IOException {
        try (Collector collector = Collector.start();
                RawClient client = new RawClient(collector)) {
            client.post(one(1));
            collector.closeConnections();
            assertThatThrownBy(() -> client.post(one(2))).isInstanceOf(IOException.class);
            assertThat(RawClient.postOnce(collector, one(2)).status()).isEqualTo(200);
        }
    }

    @Test
    void shouldCloseTwiceAndLeaveNoThread() throws IOException {
        Collector collector = Collector.start();
        collector.answerAll(Answer.hang());
        try (RawClient hanging = new RawClient(collector);
                RawClient idle = new RawClient(collector)) {
            hanging.sendPost("/batch", Batches.utf8(one(1)));
            idle.get("/stats");
            collector.awaitRequests(1, WAIT);
            String suffix = String.valueOf(collector.port());
            long start = System.nanoTime();
            collector.close();
            collector.close();
            assertThat(System.nanoTime() - start)
                    .isLessThan(Duration.ofSeconds(4).toNanos());
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .doesNotContain("collector-accept-" + suffix, "collector-connection-1", "collector-connection-2");
            assertThat(collector.openConnections()).isZero();
            assertThat(collector.stats().requests()).isEqualTo(1);
        }
        assertThatThrownBy(collector::restart).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldTellTheStateWhenAWaitFails() {
        try (Collector collector = Collector.start()) {
            Duration brief = Duration.ofMillis(20);
            assertThatThrownBy(() -> collector.awaitEvents(1, brief))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("1 events within PT0.02S")
                    .hasMessageContaining("requests=0");
            assertThatThrownBy(() -> collector.awaitRequests(1, brief)).isInstanceOf(AssertionError.class);
            assertThatThrownBy(() -> collector.awaitOpenConnections(1, brief)).isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void shouldListenOnTheLoopbackAddressOnly() throws IOException {
        try (Collector collector = Collector.start()) {
            assertThat(InetAddress.getByName(collector.uri().getHost()).isLoopbackAddress())
                    .isTrue();
            assertThat(collector.uri().getScheme()).isEqualTo("http");
        }
    }

    @Test
    void shouldCountFromManyConnections() throws Exception {
        try (Collector collector = Collector.builder().mode(CollectorMode.COUNT).start()) {
            int clients = 4;
            int requests = 50;
            Thread[] threads = new Thread[clients];
            for (int t = 0; t < clients; t++) {
                long base = t * 1_000_000L;
                threads[t] = new Thread(() -> {
                    try (RawClient client = new RawClient(collector)) {
                        for (int i = 0; i < requests; i++) {
                            client.post(batch(event("a", base + i), event("a", i)));
                        }
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
                threads[t].start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            // The first client sends each id twice in one request, which is invalid.
            assertThat(collector.stats().invalid()).isEqualTo(requests);
            assertThat(collector.stats().events()).isEqualTo(2L * (clients - 1) * requests);
            assertThat(collector.stats().distinct()).isEqualTo((long) clients * requests);
        }
    }

    @Test
    void shouldRefuseOptionsOutOfRange() {
        Collector.Builder builder = Collector.builder();
        List<Runnable> wrong = List.of(
                () -> builder.port(-1),
                () -> builder.port(65_536),
                () -> builder.maxHeaderBytes(1),
                () -> builder.maxBodyBytes(0),
                () -> builder.maxInflatedBytes(0),
                () -> builder.maxConnections(0),
                () -> builder.maxStoredEvents(-1),
                () -> builder.maxStoredBytes(-1),
                () -> builder.receiveBuffer(0));
        for (Runnable call : wrong) {
            assertThatThrownBy(call::run).isInstanceOf(IllegalArgumentException.class);
        }
    }
}

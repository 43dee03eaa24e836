package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class DemoTest {
    private final ObjectMapper mapper = new ObjectMapper();

    @TempDir
    private Path folder;

    @Test
    void shouldDeliverEveryEventAndPrintABalancedAccountAsJson() throws Exception {
        CommandRun run = CommandRun.of("demo", "--events", "20000", "--json");

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.outLines()).hasSize(1);
        JsonNode result = mapper.readTree(run.lastLine());
        assertThat(result.fieldNames())
                .toIterable()
                .containsExactly(
                        "protocol",
                        "accepted",
                        "refusals",
                        "recovered",
                        "delivered",
                        "refused",
                        "expired",
                        "discarded",
                        "pending",
                        "in_spool",
                        "collector_received",
                        "collector_distinct",
                        "events_per_second",
                        "capture_ns");
        assertThat(result.path("capture_ns").fieldNames())
                .toIterable()
                .containsExactly("p50", "p99", "p999", "p9999", "max");
        for (String name : new String[] {"accepted", "delivered", "collector_received", "collector_distinct"}) {
            assertThat(result.path(name).asLong()).as(name).isEqualTo(20_000);
        }
        for (String name : new String[] {"refused", "expired", "discarded", "pending"}) {
            assertThat(result.path(name).isIntegralNumber()).as(name).isTrue();
            assertThat(result.path(name).asLong()).as(name).isZero();
        }
        assertThat(result.path("events_per_second").asLong()).isPositive();
        JsonNode times = result.path("capture_ns");
        assertThat(times.path("p50").asLong())
                .isPositive()
                .isLessThanOrEqualTo(times.path("p99").asLong());
        assertThat(times.path("p9999").asLong())
                .isLessThanOrEqualTo(times.path("max").asLong());
    }

    @Test
    void shouldTakeTheLargestBatchesOfSegment() throws Exception {
        CommandRun run =
                CommandRun.of("demo", "--events", "7500", "--protocol", "segment", "--batch-size", "2500", "--json");

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(mapper.readTree(run.lastLine()).path("collector_distinct").asLong())
                .isEqualTo(7_500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"posthog", "posthog-v1", "segment"})
    void shouldSpeakWhatItIsTold(String protocol) throws Exception {
        CommandRun run = CommandRun.of("demo", "--events", "20000", "--protocol", protocol, "--json");

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        JsonNode result = mapper.readTree(run.lastLine());
        assertThat(result.path("protocol").asText()).isEqualTo(protocol);
        for (String name : new String[] {"accepted", "delivered", "collector_received", "collector_distinct"}) {
            assertThat(result.path(name).asLong()).as(name).isEqualTo(20_000);
        }
    }

    @Test
    void shouldSayWhatItSpeaks() {
        CommandRun run = CommandRun.of("demo", "--events", "500", "--protocol", "segment");

        assertThat(run.status()).isZero();
        assertThat(run.outLines().get(0)).contains(", speaking segment to a collector on http://127.0.0.1:");
        assertThat(run.lastLine()).startsWith("OK  ");
    }

    @Test
    void shouldShareTheEventsAmongProducersWithoutRoundingAnyAway() throws Exception {
        CommandRun run = CommandRun.of("demo", "--events", "10001", "--producers", "3", "--no-gzip", "--json");

        assertThat(run.status()).as(run.toString()).isZero();
        assertThat(mapper.readTree(run.lastLine()).path("collector_distinct").asLong())
                .isEqualTo(10_001);
    }

    @Test
    void shouldNotBeFasterThanTheRate() throws Exception {
        CommandRun run = CommandRun.of("demo", "--seconds", "1", "--rate", "2000", "--producers", "2", "--json");

        assertThat(run.status()).as(run.toString()).isZero();
        JsonNode result = mapper.readTree(run.lastLine());
        assertThat(result.path("accepted").asLong()).isGreaterThanOrEqualTo(200);
        // Whoever is late to end the second lets it grow longer, and more events come.
        assertThat(result.path("events_per_second").asLong()).isBetween(1L, 2_100L);
    }

    @Test
    void shouldEndWithAnAccountForPeople() {
        CommandRun run = CommandRun.of("demo", "--events", "5000");

        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("penstock demo: 1 producer at full speed until 5,000 events are accepted")
                .contains("Time of a capture", "p99.9", "####")
                .doesNotContain("\u001b", "\r");
        assertThat(run.lastLine())
                .isEqualTo(
                        "OK  accepted = delivered = held by the collector: 5,000 events, no duplicate, nothing lost");
    }

    @Test
    void shouldWriteTheClientsLogOnlyToTheGivenFile() throws Exception {
        Path log = folder.resolve("client.log");

        CommandRun run = CommandRun.of("demo", "--events", "100", "--log-file", log.toString(), "--json");

        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(Files.exists(log)).isTrue();
        assertThat(Files.readString(log)).doesNotContain("phc_penstock_demo");
    }
}

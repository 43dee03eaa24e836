package dev.penstock.collector;

import static dev.penstock.collector.Batches.gzip;
import static dev.penstock.collector.Batches.utf8;
import static dev.penstock.collector.SegmentRequests.BATCH;
import static dev.penstock.collector.SegmentRequests.IMPORT;
import static dev.penstock.collector.SegmentRequests.KEY;
import static dev.penstock.collector.SegmentRequests.basic;
import static dev.penstock.collector.SegmentRequests.batch;
import static dev.penstock.collector.SegmentRequests.batchOfLength;
import static dev.penstock.collector.SegmentRequests.messageOfLength;
import static dev.penstock.collector.SegmentRequests.post;
import static dev.penstock.collector.SegmentRequests.track;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How much one request to the Segment route may hold. */
class SegmentBoundsTest {
    private Collector collector = Collector.start();

    @AfterEach
    void stop() {
        collector.close();
    }

    private void switchTo(CollectorMode mode) {
        collector.close();
        collector = Collector.builder().mode(mode).start();
    }

    @ParameterizedTest
    @CsvSource({BATCH + ",500000", BATCH + "/,500000", IMPORT + ",512000", "/v1/import,512000"})
    void shouldTakeABodyUpToTheBoundOfItsPath(String path, int bound) throws IOException {
        for (int length : new int[] {bound - 1, bound}) {
            byte[] body = batchOfLength(length, track(1));
            assertThat(body).hasSize(length);
            assertThat(post(collector, path, body, basic(KEY, "")).status()).isEqualTo(200);
        }
        byte[] large = batchOfLength(bound + 1, track(1));
        RawClient.Reply reply = post(collector, path, large, basic(KEY, ""));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).isEqualTo("{\"success\":false,\"error\":\"body is larger than " + bound + " bytes\"}");
    }

    @ParameterizedTest
    @CsvSource({BATCH + ",500000", IMPORT + ",512000"})
    void shouldMeasureABodyAfterDecoding(String path, int bound) throws IOException {
        byte[] fits = gzip(batchOfLength(bound, track(1)));
        byte[] large = gzip(batchOfLength(bound + 1, track(1)));
        assertThat(large.length).isLessThan(10_000);
        String[] headers = {basic(KEY, ""), "Content-Encoding: gzip"};
        assertThat(post(collector, path, fits, headers).status()).isEqualTo(200);
        assertThat(post(collector, path, large, headers).status()).isEqualTo(400);
        assertThat(collector.invalidReasons()).containsExactly("body is larger than " + bound + " bytes");
    }

    @ParameterizedTest
    @CsvSource({
        BATCH + ",32000,STORE",
        BATCH + ",32000,COUNT",
        BATCH + "/,32000,COUNT",
        IMPORT + ",32768,STORE",
        IMPORT + ",32768,COUNT",
        "/v1/import,32768,COUNT"
    })
    void shouldTakeAMessageUpToTheBoundOfItsPath(String path, int bound, CollectorMode mode) throws IOException {
        switchTo(mode);
        for (int length : new int[] {bound - 1, bound}) {
            String message = messageOfLength(length);
            assertThat(utf8(message)).hasSize(length);
            assertThat(post(collector, path, batch(track(7), " " + message + " ", track(8)))
                            .status())
                    .isEqualTo(200);
        }
        String large = messageOfLength(bound + 1);
        assertThat(post(collector, path, batch(track(7), large, track(8))).status())
                .isEqualTo(400);
        assertThat(collector.invalidReasons()).containsExactly("batch[1]: message is larger than " + bound + " bytes");
        assertThat(collector.stats().events()).isEqualTo(6);
    }

    @ParameterizedTest
    @EnumSource(CollectorMode.class)
    void shouldTakeUpTo2500Messages(CollectorMode mode) throws IOException {
        switchTo(mode);
        assertThat(post(collector, BATCH, batch(small(2_499))).status()).isEqualTo(200);
        assertThat(post(collector, BATCH, batch(small(2_500))).status()).isEqualTo(200);
        assertThat(collector.stats().segmentEvents()).isEqualTo(4_999);
        assertThat(post(collector, BATCH, batch(small(2_501))).status()).isEqualTo(400);
        assertThat(post(collector, IMPORT, batch(small(2_501))).status()).isEqualTo(400);
        assertThat(collector.invalidReasons())
                .containsExactly("batch holds more than 2500 messages", "batch holds more than 2500 messages");
        assertThat(collector.stats().events()).isEqualTo(4_999);
    }

    private static String[] small(int count) {
        return LongStream.range(0, count)
                .mapToObj(n -> SegmentRequests.message(n, "\"type\":\"identify\",\"userId\":\"u\""))
                .toArray(String[]::new);
    }
}

package dev.penstock.collector;

import static dev.penstock.collector.Batches.utf8;
import static dev.penstock.collector.SegmentRequests.BATCH;
import static dev.penstock.collector.SegmentRequests.IMPORT;
import static dev.penstock.collector.SegmentRequests.KEY;
import static dev.penstock.collector.SegmentRequests.SENT_AT;
import static dev.penstock.collector.SegmentRequests.basic;
import static dev.penstock.collector.SegmentRequests.batch;
import static dev.penstock.collector.SegmentRequests.envelope;
import static dev.penstock.collector.SegmentRequests.track;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How the write key comes with a request to the Segment route. */
class SegmentKeyTest {
    private static Collector open;
    private static Collector keyed;

    @BeforeAll
    static void start() {
        open = Collector.start();
        keyed = Collector.builder().apiKey(KEY).start();
    }

    @AfterAll
    static void stop() {
        open.close();
        keyed.close();
    }

    @BeforeEach
    void reset() {
        open.reset();
        keyed.reset();
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                Arguments.of("Bearer " + KEY, "Authorization header is not of the Basic scheme"),
                Arguments.of("Basic", "Authorization header is not of the Basic scheme"),
                Arguments.of("Basic: " + KEY, "Authorization header is not of the Basic scheme"),
                Arguments.of("Basic %%%", "Authorization header is not proper base64"),
                Arguments.of("Basic d2tfZGVtbzo=x", "Authorization header is not proper base64"),
                Arguments.of("Basic d2tfZGVtbw==", "Authorization header has no colon after the write key"),
                Arguments.of(value(basic(KEY, "x")), "Authorization header has a password, which must be empty"),
                Arguments.of(value(basic(KEY, ":")), "Authorization header has a password, which must be empty"),
                Arguments.of(value(basic("", "")), "Authorization header has no write key"),
                Arguments.of(value(basic(" ", "")), "Authorization header has no write key"));
    }

    private static String value(String header) {
        return header.substring("Authorization: ".length());
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void shouldRejectAHeaderThatBringsNoKey(String authorization, String reason) throws IOException {
        for (Collector collector : new Collector[] {open, keyed}) {
            for (String path : new String[] {BATCH, IMPORT}) {
                collector.reset();
                RawClient.Reply reply = post(collector, path, batch(track(1)), "Authorization: " + authorization);
                assertThat(reply.status()).isEqualTo(401);
                assertThat(reply.body()).isEqualTo("{\"success\":false,\"error\":\"" + reason + "\"}");
                assertThat(collector.invalidReasons()).containsExactly(reason);
                assertThat(collector.stats().events()).isZero();
            }
        }
    }

    private static RawClient.Reply post(Collector collector, String path, String body, String... headers)
            throws IOException {
        return SegmentRequests.post(collector, path, utf8(body), headers);
    }

    private static String withKey(String key) {
        return envelope(SENT_AT + ",\"writeKey\":\"" + key + "\"", track(1));
    }

    @Test
    void shouldAcceptTheKeyInTheHeader() throws IOException {
        assertThat(post(keyed, BATCH, batch(track(1)), basic(KEY, "")).status()).isEqualTo(200);
        assertThat(post(keyed, IMPORT, batch(track(2)), basic(KEY, "")).status())
                .isEqualTo(200);
        String small = "authorization: bASIC " + value(basic(KEY, "")).substring("Basic ".length());
        assertThat(post(keyed, BATCH, batch(track(3)), small).status()).isEqualTo(200);
    }

    @Test
    void shouldAcceptAnyKeyWhenToldNone() throws IOException {
        assertThat(post(open, BATCH, batch(track(1)), basic("other", "")).status())
                .isEqualTo(200);
        assertThat(post(open, BATCH, withKey("another")).status()).isEqualTo(200);
    }

    @Test
    void shouldAcceptTheKeyInTheBody() throws IOException {
        assertThat(post(keyed, BATCH, withKey(KEY)).status()).isEqualTo(200);
        assertThat(post(keyed, IMPORT, withKey(KEY), basic(KEY, "")).status()).isEqualTo(200);
    }

    @Test
    void shouldRejectARequestWithoutAKey() throws IOException {
        for (Collector collector : new Collector[] {open, keyed}) {
            assertThat(post(collector, BATCH, batch(track(1))).status()).isEqualTo(401);
            assertThat(collector.invalidReasons())
                    .containsExactly("neither an Authorization header nor writeKey in the body");
        }
    }

    @Test
    void shouldRejectAnotherKeyAndNotShowIt() throws IOException {
        assertThat(post(keyed, BATCH, batch(track(1)), basic("wk_other", "")).status())
                .isEqualTo(401);
        assertThat(post(keyed, BATCH, batch(track(1)), basic(KEY + "x", "")).status())
                .isEqualTo(401);
        assertThat(post(keyed, BATCH, batch(track(1)), basic("WK_demo", "")).status())
                .isEqualTo(401);
        assertThat(post(keyed, BATCH, withKey("wk_other")).status()).isEqualTo(401);
        assertThat(post(keyed, BATCH, withKey("wk_other"), basic(KEY, "")).status())
                .isEqualTo(401);
        assertThat(keyed.invalidReasons())
                .containsExactly(
                        "the write key of the Authorization header is not the one expected",
                        "the write key of the Authorization header is not the one expected",
                        "the write key of the Authorization header is not the one expected",
                        "writeKey is not the one expected",
                        "writeKey is not the one expected");
    }

    @Test
    void shouldRejectTwoKeysThatDiffer() throws IOException {
        assertThat(post(open, BATCH, withKey("wk_other"), basic(KEY, "")).status())
                .isEqualTo(401);
        assertThat(open.invalidReasons()).containsExactly("writeKey is not that of the Authorization header");
        assertThat(post(open, BATCH, withKey(KEY), basic(KEY, "")).status()).isEqualTo(200);
    }
}

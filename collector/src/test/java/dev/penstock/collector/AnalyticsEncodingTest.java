package dev.penstock.collector;

import static dev.penstock.collector.AnalyticsRequests.event;
import static dev.penstock.collector.AnalyticsRequests.request;
import static dev.penstock.collector.Batches.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnalyticsEncodingTest {
    private static final byte[] PLAIN = utf8(AnalyticsRequests.batch(event("a", 1)));

    private Collector collector;

    @BeforeEach
    void start() {
        collector = Collector.builder()
                .maxInflatedBytes(10_000)
                .decoder("turned", Turned::new)
                .decoder("broken", in -> {
                    throw new IllegalStateException("oops");
                })
                .start();
    }

    @AfterEach
    void stop() {
        collector.close();
    }

    /** Turns every bit over; refuses an empty body. */
    private static final class Turned extends FilterInputStream {
        Turned(InputStream in) throws IOException {
            super(in);
            if (in.available() == 0) {
                throw new IOException("nothing to turn");
            }
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int got = super.read(into, offset, length);
            for (int i = offset; i < offset + got; i++) {
                into[i] = (byte) ~into[i];
            }
            return got;
        }
    }

    private static byte[] turned(byte[] plain) {
        byte[] turned = plain.clone();
        for (int i = 0; i < turned.length; i++) {
            turned[i] = (byte) ~turned[i];
        }
        return turned;
    }

    private static byte[] deflate(byte[] plain, boolean raw) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, raw);
        try (DeflaterOutputStream packed = new DeflaterOutputStream(out, deflater)) {
            packed.write(plain);
        } finally {
            deflater.end();
        }
        return out.toByteArray();
    }

    private RawClient.Reply post(String encoding, byte[] body) throws IOException {
        return request().with("Content-Encoding", encoding).body(body).postTo(collector);
    }

    private void shouldBeDamaged(byte[] body, String encoding, String reason) throws IOException {
        collector.reset();
        RawClient.Reply reply = post(encoding, body);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(collector.invalidReasons()).singleElement().asString().contains(reason);
    }

    @Test
    void shouldTakeGzip() throws IOException {
        assertThat(post("gzip", Batches.gzip(PLAIN)).status()).isEqualTo(200);
        assertThat(collector.stats().bytesPlain()).isEqualTo(PLAIN.length);
    }

    @Test
    void shouldTakeDeflateInItsZlibForm() throws IOException {
        byte[] body = deflate(PLAIN, false);
        assertThat(body[0]).isEqualTo((byte) 0x78);
        assertThat(post("deflate", body).status()).isEqualTo(200);
        assertThat(collector.stats().bytesPlain()).isEqualTo(PLAIN.length);
    }

    @Test
    void shouldRefuseDeflateThatIsRawOrDamaged() throws IOException {
        byte[] good = deflate(PLAIN, false);
        byte[] wrongSum = good.clone();
        wrongSum[good.length - 1] ^= 1;
        shouldBeDamaged(deflate(PLAIN, true), "deflate", "deflate body is damaged");
        shouldBeDamaged(wrongSum, "deflate", "deflate body is damaged");
        shouldBeDamaged(Arrays.copyOf(good, good.length - 1), "deflate", "deflate body is cut short");
        shouldBeDamaged(Arrays.copyOf(good, good.length + 1), "deflate", "bytes after the deflate body");
        shouldBeDamaged(new byte[0], "deflate", "deflate body is cut short");
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "zstd", "identity", "GZIP", "gzip, gzip"})
    void shouldRefuseAnEncodingWithoutADecoder(String encoding) throws IOException {
        RawClient.Reply reply = post(encoding, PLAIN);
        assertThat(reply.status()).isEqualTo(415);
        assertThat(reply.body()).startsWith("{\"error\":\"unsupported_content_type\",");
        assertThat(collector.invalidReasons())
                .containsExactly("Content-Encoding \"" + encoding + "\" is not accepted here");
    }

    @Test
    void shouldTakeAnEncodingWithADecoder() throws IOException {
        assertThat(post("turned", turned(PLAIN)).status()).isEqualTo(200);
        assertThat(collector.eventsBy(Route.ANALYTICS)).hasSize(1);
    }

    @Test
    void shouldRefuseABodyItsDecoderRefuses() throws IOException {
        shouldBeDamaged(new byte[0], "turned", "turned body is damaged: nothing to turn");
        shouldBeDamaged(PLAIN, "broken", "broken body is damaged: oops");
    }

    @Test
    void shouldBoundDecodedBodies() throws IOException {
        byte[] least = utf8(AnalyticsRequests.batch(event("a", 1)));
        byte[] most = Arrays.copyOf(least, 10_000);
        Arrays.fill(most, least.length, most.length, (byte) ' ');
        byte[] more = Arrays.copyOf(most, 10_001);
        more[10_000] = ' ';
        assertThat(statusOf(1, "turned", turned(most))).isEqualTo(200);
        assertThat(statusOf(2, "turned", turned(more))).isEqualTo(413);
        assertThat(statusOf(3, "deflate", deflate(most, false))).isEqualTo(200);
        assertThat(statusOf(4, "deflate", deflate(more, false))).isEqualTo(413);
        assertThat(statusOf(5, "gzip", Batches.gzip(most))).isEqualTo(200);
        assertThat(statusOf(6, "gzip", Batches.gzip(more))).isEqualTo(413);
    }

    private int statusOf(long id, String encoding, byte[] body) throws IOException {
        return request()
                .id(id)
                .with("Content-Encoding", encoding)
                .body(body)
                .postTo(collector)
                .status();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/batch", "/i/v0/ai/batch/"})
    void shouldTakeGzipOnlyOnTheOtherRoutes(String path) throws IOException {
        byte[] plain = utf8(Batches.one(1));
        try (RawClient client = new RawClient(collector)) {
            assertThat(client.post(path, deflate(plain, false), "Content-Encoding: deflate")
                            .status())
                    .isEqualTo(400);
            assertThat(client.post(path, turned(plain), "Content-Encoding: turned")
                            .status())
                    .isEqualTo(400);
            assertThat(client.post(path, Batches.gzip(plain), "Content-Encoding: gzip")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void shouldNotReplaceTheDecodersItHas() {
        for (String encoding : new String[] {"gzip", "deflate"}) {
            assertThatThrownBy(() -> Collector.builder().decoder(encoding, in -> in))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}

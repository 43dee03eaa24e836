package dev.penstock.engine.encode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.spi.ContentEncoder;
import dev.penstock.engine.testing.SneakyThrow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Bodies that the user's encoder compresses. */
class EncodedBodyTest {

    private static final byte[] HEAD_1 = "{\"n\":1,\"batch\":[".getBytes(UTF_8);
    private static final byte[] HEAD_2 = "{\"n\":2,\"batch\":[".getBytes(UTF_8);

    private final List<String> failures = new ArrayList<>();

    private record Encoder(UnaryOperator<byte[]> work) implements ContentEncoder {
        @Override
        public String name() {
            return "backwards";
        }

        @Override
        public byte[] encode(byte[] bytes, int offset, int length) {
            return work.apply(Arrays.copyOfRange(bytes, offset, offset + length));
        }
    }

    private static byte[] backwards(byte[] bytes) {
        byte[] result = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            result[i] = bytes[bytes.length - 1 - i];
        }
        return result;
    }

    private Body body(UnaryOperator<byte[]> work) {
        try (BodyWriter writer = BodyWriter.encodedBy(new Encoder(work), (message, cause) -> failures.add(message))) {
            writer.begin(new byte[1_000], HEAD_1.length);
            writer.append("{}]}".getBytes(UTF_8), 0, 4);
            return writer.finish();
        }
    }

    private static String wire(Body body) {
        return new String(body.bytes(), 0, body.length(), UTF_8);
    }

    private static String expected(byte[] head) {
        return new String(head, UTF_8) + "{}]}";
    }

    @Test
    void shouldSendWhatTheEncoderMakesOfEachTry() {
        Body body = body(EncodedBodyTest::backwards);
        for (byte[] head : new byte[][] {HEAD_1, HEAD_2}) {
            body.renewHead(head);

            assertThat(wire(body)).isEqualTo(new String(backwards(expected(head).getBytes(UTF_8)), UTF_8));
            assertThat(body.contentEncoding()).isEqualTo("backwards");
        }
        assertThat(body.plainLength()).isEqualTo(HEAD_1.length + 4);
        assertThat(new String(body.readEvents(), UTF_8)).isEqualTo("{}]}");
        assertThat(failures).isEmpty();
    }

    @Test
    void shouldCountBothFormsAsHeld() {
        Body body = body(EncodedBodyTest::backwards);
        assertThat(body.heldBytes()).isEqualTo(1_000);
        body.renewHead(HEAD_1);

        assertThat(body.heldBytes()).isEqualTo(1_000 + body.length());
        assertThat(body.storage()).hasSize(1_000);
    }

    @Test
    void shouldLeaveTheBytesOfAnEarlierTryAlone() {
        Body body = body(EncodedBodyTest::backwards);
        body.renewHead(HEAD_1);
        byte[] first = body.bytes();
        byte[] before = first.clone();
        Body copy = body.copy();
        copy.renewHead(HEAD_2);

        assertThat(first).isEqualTo(before);
        assertThat(wire(copy)).isNotEqualTo(wire(body));
    }

    @Test
    void shouldSendTheBodyAsItIsWhenTheEncoderFails() {
        List<UnaryOperator<byte[]>> works = List.of(
                bytes -> {
                    throw new IllegalStateException("no codec");
                },
                bytes -> {
                    throw new UnsatisfiedLinkError("no library");
                },
                bytes -> SneakyThrow.of(new IOException("not declared")),
                bytes -> {
                    throw new IllegalStateException() {
                        @Override
                        public String getMessage() {
                            throw new IllegalStateException("again");
                        }
                    };
                },
                bytes -> null,
                bytes -> new byte[0]);
        for (UnaryOperator<byte[]> work : works) {
            Body body = body(work);
            body.renewHead(HEAD_1);

            assertThat(wire(body)).isEqualTo(expected(HEAD_1));
            assertThat(body.contentEncoding()).isNull();
            assertThat(body.length()).isEqualTo(HEAD_1.length + 4);
        }
        assertThat(failures).hasSize(6).allMatch(message -> message.contains("backwards"));
        assertThat(failures.get(0)).contains("no codec");
        assertThat(failures.get(2)).contains("not declared");
    }

    @Test
    void shouldCompressAgainWhenTheEncoderHasRecovered() {
        int[] calls = {0};
        Body body = body(bytes -> calls[0]++ == 0 ? null : backwards(bytes));
        body.renewHead(HEAD_1);
        assertThat(body.contentEncoding()).isNull();
        body.renewHead(HEAD_1);

        assertThat(body.contentEncoding()).isEqualTo("backwards");
    }

    @Test
    void shouldEncodeOnceWhileTheHeadStaysAsItIs() {
        int[] calls = {0};
        Body body = body(bytes -> {
            calls[0]++;
            return backwards(bytes);
        });
        body.renewHead(HEAD_1);
        byte[] first = body.bytes();
        body.renewHead(HEAD_1.clone());
        Body copy = body.copy();
        copy.renewHead(HEAD_1.clone());

        assertThat(calls[0]).isEqualTo(1);
        assertThat(body.bytes()).isSameAs(first);
        assertThat(copy.bytes()).isSameAs(first);
        assertThat(copy.contentEncoding()).isEqualTo("backwards");

        copy.renewHead(HEAD_2);
        assertThat(calls[0]).isEqualTo(2);
        assertThat(wire(copy)).isEqualTo(new String(backwards(expected(HEAD_2).getBytes(UTF_8)), UTF_8));
        assertThat(body.bytes()).isSameAs(first);
    }

    @Test
    void shouldEncodeWhatHasNoHead() {
        try (BodyWriter writer =
                BodyWriter.encodedBy(new Encoder(EncodedBodyTest::backwards), (message, cause) -> {})) {
            writer.begin(new byte[10], 0);
            writer.append("{}".getBytes(UTF_8), 0, 2);
            Body body = writer.finish();
            body.renewHead(new byte[0]);

            assertThat(wire(body)).isEqualTo("}{");
        }
    }
}

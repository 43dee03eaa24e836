package dev.penstock.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.penstock.client.spi.ContentEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Options that go together with the endpoint. */
class CaptureModeTest {

    private record Named(String name) implements ContentEncoder {
        @Override
        public byte[] encode(byte[] bytes, int offset, int length) {
            return new byte[] {1};
        }
    }

    private static ClientConfig.Builder v1(String key) {
        return ClientConfig.builder(key).captureMode(CaptureMode.V1);
    }

    @Test
    void shouldTakeOtherFormatsThanGzipWithV1() {
        ContentEncoder zstd = new Named("zstd");
        ClientConfig config = v1("phc_1")
                .compressionFormat(CompressionFormat.DEFLATE)
                .contentEncoder(zstd)
                .build();

        assertThat(config.captureMode()).isEqualTo(CaptureMode.V1);
        assertThat(config.compressionFormat()).isEqualTo(CompressionFormat.DEFLATE);
        assertThat(config.contentEncoder()).isSameAs(zstd);
    }

    @Test
    void shouldRefuseOtherFormatsThanGzipWithV0() {
        assertThatIllegalArgumentException()
                .isThrownBy(ClientConfig.builder("k").compressionFormat(CompressionFormat.DEFLATE)::build)
                .withMessageContainingAll("compressionFormat", "DEFLATE", "V1");
        assertThatIllegalArgumentException()
                .isThrownBy(ClientConfig.builder("k").contentEncoder(new Named("zstd"))::build)
                .withMessageContainingAll("contentEncoder", "V1");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "z std", "zstd\r\nX: y", "z\u00e9"})
    void shouldRefuseAnEncoderWhoseNameIsNoHeader(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(v1("k").contentEncoder(new Named(name))::build)
                .withMessageContaining("contentEncoder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"phc_hunter2\nX: y", "phc_hunter2 x", "phc_hunter2\u00e9"})
    void shouldRefuseAKeyThatIsNoHeaderWithV1WithoutRepeatingIt(String key) {
        assertThat(ClientConfig.builder(key).build().captureMode()).isEqualTo(CaptureMode.V0);
        assertThatIllegalArgumentException()
                .isThrownBy(v1(key)::build)
                .withMessageContaining("apiKey")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
    }

    @Test
    void shouldAcceptABlankKeyForAnInertClientWithV1() {
        assertThat(v1(" ").build().apiKey()).isEmpty();
    }
}

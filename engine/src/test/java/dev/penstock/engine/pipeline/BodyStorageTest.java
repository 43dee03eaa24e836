package dev.penstock.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.encode.Body;
import dev.penstock.engine.encode.BodyWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyStorageTest {

    private final BodyStorage storage = new BodyStorage();

    private static Body body(byte[] array, int length) {
        BodyWriter writer = BodyWriter.plain();
        writer.begin(array, 0);
        writer.append(new byte[length], 0, length);
        return writer.finish();
    }

    @ParameterizedTest
    @ValueSource(ints = {20_000, 100_000, 500_000, 1_000_000})
    void shouldGiveTheArrayOfABatchToTheNextOneOfItsSize(int length) {
        Body first = body(storage.take(), length);
        storage.giveBack(first);

        byte[] next = storage.take();

        assertThat(next).isSameAs(first.storage());
        assertThat(body(next, length).storage()).isSameAs(next);
    }

    @Test
    void shouldNotKeepForSmallBatchesWhatOneLargeEventTook() {
        byte[] large = body(storage.take(), 1_000_000).storage();
        storage.giveBack(body(large, 10_000));

        assertThat(storage.take()).isNotSameAs(large).hasSizeLessThan(100_000);
    }

    @Test
    void shouldHoldFourMebibytesAtMost() {
        for (int i = 0; i < 20; i++) {
            storage.giveBack(body(new byte[1_000_000], 1_000_000));
        }
        int kept = 0;
        while (storage.take().length == 1_000_000) {
            kept++;
        }
        assertThat(kept).isEqualTo(4);
    }
}

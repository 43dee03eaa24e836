package dev.penstock.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.encode.Body;
import dev.penstock.engine.encode.BodyWriter;
import org.junit.jupiter.api.Test;

class IndexStorageTest {

    private final IndexStorage storage = new IndexStorage(3);

    private static Body body() {
        BodyWriter writer = BodyWriter.plain();
        writer.begin(new byte[10], 0);
        return writer.finish();
    }

    private Batch borrowing(int[] starts, long[] uuids) {
        Batch batch = new Batch(null, 1, new RequestBudget(), body(), starts, uuids);
        batch.borrowed(storage);
        return batch;
    }

    @Test
    void shouldGiveTheArraysOfABatchThatHasEndedToAnother() {
        int[] starts = storage.takeStarts();
        long[] uuids = storage.takeUuids();
        assertThat(starts).hasSize(4);
        assertThat(uuids).hasSize(6);
        assertThat(storage.takeStarts()).isNotSameAs(starts);

        borrowing(starts, uuids).giveBackIndex();

        assertThat(storage.takeStarts()).isSameAs(starts);
        assertThat(storage.takeUuids()).isSameAs(uuids);
    }

    @Test
    void shouldTakeArraysBackOnceOnly() {
        Batch batch = borrowing(storage.takeStarts(), storage.takeUuids());
        batch.giveBackIndex();
        batch.giveBackIndex();

        assertThat(storage.takeStarts()).isNotSameAs(storage.takeStarts());
        assertThat(storage.takeUuids()).isNotSameAs(storage.takeUuids());
    }

    @Test
    void shouldNotTakeWhatABatchGoesOnWithInTheirPlace() {
        Batch batch = borrowing(storage.takeStarts(), storage.takeUuids());
        int[] starts = {0, 1};
        batch.replaceBody(body(), starts, new long[2]);
        batch.giveBackIndex();

        assertThat(storage.takeStarts()).isNotSameAs(starts).hasSize(4);
    }
}

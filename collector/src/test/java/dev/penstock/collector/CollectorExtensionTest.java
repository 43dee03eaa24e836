package dev.penstock.collector;

import static dev.penstock.collector.Batches.one;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CollectorExtensionTest {
    @RegisterExtension
    static final CollectorExtension shared = new CollectorExtension();

    private static int sharedPort;

    @RegisterExtension
    final CollectorExtension own = new CollectorExtension(Collector.builder().mode(CollectorMode.COUNT));

    @Test
    @Order(1)
    void shouldRunDuringATest() throws IOException {
        Collector collector = shared.collector();
        sharedPort = collector.port();
        assertThat(RawClient.postOnce(collector, one(1)).status()).isEqualTo(200);
        assertThat(RawClient.postOnce(own.collector(), one(1)).status()).isEqualTo(200);
        assertThat(own.collector().events()).isEmpty();
        collector.stop();
    }

    @Test
    @Order(2)
    void shouldBeginEachTestWithARunningAndEmptyCollector() throws IOException {
        Collector collector = shared.collector();
        assertThat(collector.port()).isEqualTo(sharedPort);
        assertThat(collector.stats().requests()).isZero();
        assertThat(own.collector().stats().requests()).isZero();
        assertThat(RawClient.postOnce(collector, one(1)).status()).isEqualTo(200);
    }

    @Nested
    class InANestedClass {
        @Test
        void shouldShareTheCollector() {
            assertThat(shared.collector().port()).isEqualTo(sharedPort);
            assertThat(shared.collector().stats().requests()).isZero();
        }
    }
}

@ExtendWith(CollectorExtension.class)
class CollectorParameterTest {
    @Test
    void shouldTakeTheCollectorAsAParameter(Collector collector) throws IOException {
        assertThat(RawClient.postOnce(collector, one(1)).status()).isEqualTo(200);
        assertThat(collector.events()).hasSize(1);
    }
}

package dev.penstock.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.client.CaptureResult;
import dev.penstock.engine.record.PropertySnapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Registering and unregistering, and what events then carry. */
@Timeout(60)
class SuperPropertyStoreTest {

    private final CaptureRig rig = CaptureRig.bare();
    private final SuperPropertyStore store = rig.superProperties();

    private JsonNode properties() {
        return rig.properties(e -> {});
    }

    private void assertCarried(String json) {
        assertThat(properties()).isEqualTo(CaptureRig.parse(json));
    }

    @Test
    void shouldCarryNothingAtFirst() {
        assertThat(store.snapshot()).isNull();
        assertThat(store.all()).isEmpty();
        assertCarried("{\"$lib\":\"rig\"}");
    }

    @Test
    void shouldReplaceWhatIsRegisteredAgain() {
        store.register(Map.of("a", 1, "b", 1));
        store.register(Map.of("b", 2, "c", 2));

        assertThat(store.all()).isEqualTo(Map.of("a", 1L, "b", 2L, "c", 2L));
        assertCarried("{\"$lib\":\"rig\",\"a\":1,\"b\":2,\"c\":2}");
    }

    @Test
    void shouldKeepWhatIsThereWhenItIsRegisteredOnce() {
        Map<String, Object> nothing = new HashMap<>();
        nothing.put("n", null);
        store.register(nothing);
        store.register(Map.of("a", 1));
        store.registerOnce(Map.of("a", 2, "b", 2, "n", 2));

        assertCarried("{\"$lib\":\"rig\",\"n\":null,\"a\":1,\"b\":2}");
    }

    @Test
    void shouldCarryNothingMoreOfWhatIsUnregistered() {
        store.register(Map.of("a", 1, "b", 2, "c", 3, "d", 4));
        store.unregister("a");
        store.unregister(List.of("b", "missing"));
        store.unregister(Arrays.asList("c", null));
        assertCarried("{\"$lib\":\"rig\",\"d\":4}");

        store.unregister("d");
        assertThat(store.snapshot()).isNull();
        assertCarried("{\"$lib\":\"rig\"}");
    }

    @Test
    void shouldTakeNothingForNull() {
        store.register(null);
        store.registerOnce(null);
        store.unregister((String) null);
        store.unregister((List<String>) null);
        Map<String, Object> nullName = new HashMap<>();
        nullName.put(null, 1);
        store.register(nullName);

        assertThat(store.snapshot()).isNull();
    }

    @Test
    void shouldNotSeeWhatHappensToAMapAfterTheCall() {
        List<Object> list = new ArrayList<>(List.of(1));
        Map<String, Object> changing = new HashMap<>(Map.of("list", list));
        store.register(changing);
        changing.put("later", 1);
        list.add(2);

        assertCarried("{\"$lib\":\"rig\",\"list\":[1]}");
    }

    @Test
    void shouldHandOutACopyThatCannotBeChanged() {
        store.register(Map.of("a", 1));
        Map<String, Object> all = store.all();
        store.register(Map.of("b", 2));

        assertThat(all).isEqualTo(Map.of("a", 1L));
        assertThatThrownBy(() -> all.put("c", 3)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void shouldApplyAChangeToEventsThatAreSentAfterIt() {
        store.register(Map.of("plan", "free"));
        rig.event().event("before").send();
        EventScratch open = rig.event().event("open");
        store.register(Map.of("plan", "pro"));
        open.send();
        List<String> events = rig.drain();

        assertThat(events.get(0)).contains("\"plan\":\"free\"");
        assertThat(events.get(1)).contains("\"plan\":\"pro\"");
    }

    @Test
    void shouldWriteNullForAValueThatThrowsWhileItIsRegistered() {
        store.register(Map.of(
                "throwing",
                (Iterable<Object>) () -> {
                    throw new IllegalStateException("of an iterable");
                },
                "kept",
                1));

        assertThat(properties().get("kept").intValue()).isEqualTo(1);
        assertThat(rig.counters().valuesReplaced()).isPositive();
        assertThat(rig.counters().count(CaptureResult.ACCEPTED)).isEqualTo(1);
    }

    @Test
    void shouldLeaveOutPropertiesThatNoEventHasRoomFor() {
        store.register(Map.of("small", 1));
        store.register(Map.of("large", "x".repeat(1 << 20)));

        assertCarried("{\"$lib\":\"rig\",\"small\":1}");
        assertThat(rig.warnings()).singleElement().asString().contains("maxEventBytes");
        store.unregister("large");
        assertCarried("{\"$lib\":\"rig\",\"small\":1}");
    }

    @Test
    void shouldEncodeASnapshotOnceForManyEvents() {
        store.register(Map.of("a", 1));
        PropertySnapshot snapshot = store.snapshot();
        rig.json(e -> {});
        Object encoded = snapshot.encoded();
        rig.json(e -> e.put("b", 1));

        assertThat(encoded).isNotNull();
        assertThat(snapshot.encoded()).isSameAs(encoded);
        assertThat(store.snapshot()).isSameAs(snapshot);
    }

    @Test
    void shouldLoseNoChangeOfThreadsThatRegisterAtOnce() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            int thread = t;
            threads.add(new Thread(() -> {
                for (int i = 0; i < 50; i++) {
                    store.register(Map.of("p" + thread + "-" + i, i));
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        Map<String, Object> expected = new LinkedHashMap<>();
        for (int t = 0; t < 4; t++) {
            for (int i = 0; i < 50; i++) {
                expected.put("p" + t + "-" + i, (long) i);
            }
        }
        assertThat(store.all()).isEqualTo(expected);
        assertThat(properties()).hasSize(201);
    }
}

package dev.penstock.engine.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.logs.LogRecord;
import dev.penstock.engine.capture.CaptureRig;
import dev.penstock.engine.capture.LogRig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FiniteViewTest {

    private final LogRig rig = LogRig.create();

    @Test
    void shouldLeaveWhatIsFiniteAsItIs() {
        double[] numbers = {1, 2};
        float[] singles = {1, 2};
        Path path = Path.of("a", "b");

        assertThat(FiniteView.of(1.5)).isEqualTo(1.5);
        assertThat(FiniteView.of(1.5f)).isEqualTo(1.5f);
        assertThat(FiniteView.of("text")).isEqualTo("text");
        assertThat(FiniteView.of(null)).isNull();
        assertThat(FiniteView.of(numbers)).isSameAs(numbers);
        assertThat(FiniteView.of(singles)).isSameAs(singles);
        assertThat(FiniteView.of(path)).isSameAs(path);
    }

    @Test
    void shouldLookIntoOptionals() {
        assertThat(FiniteView.of(Optional.of(Double.NaN))).isEqualTo("NaN");
        assertThat(FiniteView.of(OptionalDouble.of(Double.NEGATIVE_INFINITY))).isEqualTo("-Infinity");
        assertThat(FiniteView.of(OptionalDouble.of(2))).isEqualTo(2.0);
        assertThat(FiniteView.of(Optional.empty())).isNull();
        assertThat(FiniteView.of(OptionalDouble.empty())).isNull();
    }

    @Test
    void shouldLookIntoArraysOfEveryKind() {
        JsonNode nan = CaptureRig.parse("{\"stringValue\":\"NaN\"}");

        assertThat(rig.value(new float[] {1, Float.NaN}).at("/arrayValue/values/1"))
                .isEqualTo(nan);
        assertThat(rig.value(new Double[] {1.0, Double.NaN}).at("/arrayValue/values/1"))
                .isEqualTo(nan);
        assertThat(rig.value(new Object[] {new double[] {Double.NaN}}).at("/arrayValue/values/0/arrayValue/values/0"))
                .isEqualTo(nan);
        assertThat(rig.value(new float[] {0.1f, Float.NaN}).at("/arrayValue/values/0"))
                .isEqualTo(CaptureRig.parse("{\"doubleValue\":0.1}"));
    }

    @Test
    void shouldTakeNamesThatAreNoText() {
        Map<Object, Object> map = new HashMap<>();
        map.put(7, Double.NaN);

        assertThat(rig.value(map))
                .isEqualTo(CaptureRig.parse(
                        "{\"kvlistValue\":{\"values\":[{\"key\":\"7\",\"value\":{\"stringValue\":\"NaN\"}}]}}"));
    }

    @Test
    void shouldEndWhereAContainerContainsItself() {
        List<Object> list = new ArrayList<>(List.of(1));
        list.add(list);
        Map<String, Object> map = new HashMap<>();
        map.put("self", List.of(map));

        assertThat(rig.value(list)).isEqualTo(CaptureRig.parse("{\"arrayValue\":{\"values\":[{\"intValue\":\"1\"}]}}"));
        assertThat(rig.value(map))
                .isEqualTo(CaptureRig.parse("{\"kvlistValue\":{\"values\":["
                        + "{\"key\":\"self\",\"value\":{\"arrayValue\":{\"values\":[]}}}]}}"));
    }

    @Test
    void shouldKeepOneContainerThatIsGivenTwiceSideBySide() {
        List<Object> shared = List.of(1);

        assertThat(rig.value(List.of(shared, shared)).at("/arrayValue/values")).hasSize(2);
    }

    @Test
    void shouldRefuseEndlessItemsInTime() {
        Iterable<Object> endless = () -> new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Object next() {
                return Double.NaN;
            }
        };

        CaptureResult result = assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> rig.logs()
                        .captureLog(LogRecord.builder("b")
                                .attribute("endless", endless)
                                .build()));

        assertThat(result).isEqualTo(CaptureResult.TOO_LARGE);
        assertThat(rig.value(1)).isNotNull();
    }

    @Test
    void shouldLoseOnlyTheValueThatThrows() {
        Iterable<Object> failing = () -> Stream.<Object>of(1)
                .map(any -> {
                    throw new IllegalStateException("no more");
                })
                .iterator();

        JsonNode record = rig.record(
                log -> log.attribute("a", 1).attribute("bad", failing).attribute("b", 2));

        assertThat(record.get("attributes")).hasSize(2);
        assertThat(LogRig.attribute(record, "bad")).isNull();
    }
}

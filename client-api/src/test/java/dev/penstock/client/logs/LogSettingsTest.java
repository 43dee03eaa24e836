package dev.penstock.client.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.penstock.client.SlyThrow;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class LogSettingsTest {

    @Test
    @DisplayName("Logs: per-platform defaults are deliberate")
    void shouldHaveItsDocumentedDefaults() {
        LogSettings settings = LogSettings.DEFAULT;

        assertThat(settings.linger()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.maxBatchRecords()).isEqualTo(100);
        assertThat(settings.maxBatchBytes()).isEqualTo(1_048_576);
        assertThat(settings.ringSlots()).isEqualTo(2_048);
        assertThat(settings.maxLogs()).isEqualTo(10_000);
        assertThat(settings.window()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.serviceName()).isNull();
        assertThat(settings.serviceVersion()).isNull();
        assertThat(settings.environment()).isNull();
        assertThat(settings.resourceAttributes()).isEmpty();
        assertThat(settings.beforeSend()).isEmpty();
    }

    private interface Option<T> {
        LogSettings.Builder set(LogSettings.Builder builder, T value);
    }

    private static <T> Arguments option(String name, Option<T> option, T below, T min, T max, T above) {
        return arguments(name, option, below, min, max, above);
    }

    static Stream<Arguments> ranges() {
        return Stream.of(
                option("maxBatchRecords", LogSettings.Builder::maxBatchRecords, 0, 1, 1_000, 1_001),
                option("maxBatchBytes", LogSettings.Builder::maxBatchBytes, 1_023, 1_024, 2_000_000, 2_000_001),
                option("ringSlots", LogSettings.Builder::ringSlots, 63, 64, 1_048_576, 1_048_577),
                option(
                        "linger",
                        LogSettings.Builder::linger,
                        Duration.ofNanos(-1),
                        Duration.ZERO,
                        Duration.ofHours(1),
                        Duration.ofHours(1).plusNanos(1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ranges")
    <T> void shouldRefuseWhatIsOutOfRange(String name, Option<T> option, T below, T min, T max, T above) {
        assertThat(option.set(LogSettings.builder(), min).build().toString()).contains(name + "=" + min);
        assertThat(option.set(LogSettings.builder(), max).build().toString()).contains(name + "=" + max);
        for (T outside : List.of(below, above)) {
            LogSettings.Builder builder = option.set(LogSettings.builder(), outside);
            assertThatIllegalArgumentException()
                    .isThrownBy(builder::build)
                    .withMessageContainingAll(name, outside.toString(), min.toString(), max.toString());
        }
    }

    @Test
    void shouldRefuseARingThatIsNoPowerOfTwo() {
        LogSettings.Builder builder = LogSettings.builder().ringSlots(1_000);

        assertThatIllegalArgumentException()
                .isThrownBy(builder::build)
                .withMessageContainingAll("ringSlots", "power of two", "1000");
    }

    @Test
    void shouldRefuseNullWhereAValueIsNeeded() {
        LogSettings.Builder linger = LogSettings.builder().linger(null);
        LogSettings.Builder window = LogSettings.builder().window(null);
        LogSettings.Builder hook = LogSettings.builder();

        assertThatIllegalArgumentException().isThrownBy(linger::build).withMessageContaining("linger");
        assertThatIllegalArgumentException().isThrownBy(window::build).withMessageContaining("window");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> hook.beforeSend(null))
                .withMessageContaining("beforeSend");
    }

    @Test
    void shouldTakeAnyCapSinceNoneIsOneToo() {
        LogSettings settings =
                LogSettings.builder().maxLogs(-1).window(Duration.ofSeconds(-1)).build();

        assertThat(settings.maxLogs()).isEqualTo(-1);
        assertThat(settings.window()).isNegative();
    }

    @Test
    void shouldDescribeTheService() {
        LogSettings settings = LogSettings.builder()
                .serviceName(" checkout ")
                .serviceVersion("1.2")
                .environment("production")
                .build();

        assertThat(settings.serviceName()).isEqualTo("checkout");
        assertThat(settings.serviceVersion()).isEqualTo("1.2");
        assertThat(settings.environment()).isEqualTo("production");
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {" ", "\t"})
    void shouldTakeABlankDescriptionAsNone(String blank) {
        LogSettings settings = LogSettings.builder()
                .serviceName(blank)
                .serviceVersion(blank)
                .environment(blank)
                .build();

        assertThat(settings.serviceName()).isNull();
        assertThat(settings.serviceVersion()).isNull();
        assertThat(settings.environment()).isNull();
    }

    @Test
    void shouldCopyResourceAttributesAndLeaveNullsOut() {
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("zone", "a");
        attributes.put("gone", null);
        LogSettings settings = LogSettings.builder()
                .resourceAttributes(attributes)
                .resourceAttributes(null)
                .resourceAttribute("shard", 7)
                .resourceAttribute(null, 1)
                .build();
        attributes.clear();

        assertThat(settings.resourceAttributes())
                .containsExactly(Map.entry("zone", "a"), Map.entry("shard", 7))
                .isUnmodifiable();
    }

    @Test
    void shouldKeepHooksInTheirOrder() {
        UnaryOperator<LogRecord> first = record -> record;
        UnaryOperator<LogRecord> second = record -> null;
        LogSettings.Builder builder = LogSettings.builder().beforeSend(first).beforeSend(second);
        LogSettings settings = builder.build();
        builder.beforeSend(first);

        assertThat(settings.beforeSend()).containsExactly(first, second).isUnmodifiable();
    }

    @Test
    void shouldShowNoValueOfAResourceAttribute() {
        assertThat(LogSettings.builder().resourceAttribute("secret", "hunter2").build())
                .asString()
                .contains("secret")
                .doesNotContain("hunter2");
    }

    @Test
    void shouldBoundResourceAttributesTogether() {
        LogSettings.Builder builder = LogSettings.builder()
                .resourceAttribute("zone", "x".repeat(8_000))
                .resourceAttribute("n", 1);
        builder.resourceAttribute("list", List.of("y".repeat(180)));
        assertThat(builder.build().resourceAttributes()).hasSize(3);

        builder.resourceAttribute("list", List.of("y".repeat(181)));
        assertThatIllegalArgumentException()
                .isThrownBy(builder::build)
                .withMessageContainingAll("resourceAttributes", "8192", "8193");
    }

    static Stream<Object> valuesWithoutText() {
        List<Object> itself = new ArrayList<>();
        itself.add(List.of(itself));
        return Stream.of(itself, new Object() {
            @Override
            public String toString() {
                throw SlyThrow.of(new IOException());
            }
        });
    }

    @ParameterizedTest
    @MethodSource("valuesWithoutText")
    void shouldRefuseAResourceAttributeThatThrows(Object value) {
        LogSettings.Builder builder = LogSettings.builder().resourceAttribute("odd", value);

        assertThatIllegalArgumentException()
                .isThrownBy(builder::build)
                .withMessageContainingAll("resourceAttributes", "odd");
    }

    @ParameterizedTest
    @ValueSource(strings = {"serviceName", "serviceVersion", "environment"})
    void shouldBoundWhatDescribesTheService(String option) {
        assertThat(described(option, "x".repeat(1_024)).build().toString()).contains(option + "=x");
        assertThatIllegalArgumentException()
                .isThrownBy(described(option, "x".repeat(1_025))::build)
                .withMessageContainingAll(option, "1024", "1025");
    }

    private static LogSettings.Builder described(String option, String value) {
        LogSettings.Builder builder = LogSettings.builder();
        return switch (option) {
            case "serviceName" -> builder.serviceName(value);
            case "serviceVersion" -> builder.serviceVersion(value);
            default -> builder.environment(value);
        };
    }
}

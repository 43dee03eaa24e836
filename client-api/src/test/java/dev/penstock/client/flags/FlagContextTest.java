package dev.penstock.client.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FlagContextTest {

    static Stream<Arguments> values() {
        UUID uuid = new UUID(1, 2);
        return Stream.of(
                arguments("text", "text"),
                arguments(true, true),
                arguments((byte) 7, 7L),
                arguments((short) 7, 7L),
                arguments(7, 7L),
                arguments(7L, 7L),
                arguments(BigInteger.valueOf(Long.MAX_VALUE), Long.MAX_VALUE),
                arguments(
                        BigInteger.valueOf(Long.MAX_VALUE).add(BigInteger.ONE),
                        BigInteger.valueOf(Long.MAX_VALUE).add(BigInteger.ONE)),
                arguments(1.0, 1.0),
                arguments(0.1f, 0.1),
                arguments(new BigDecimal("1.50"), 1.5),
                arguments('x', "x"),
                arguments(java.nio.CharBuffer.wrap("text"), "text"),
                arguments(TimeUnit.SECONDS, "SECONDS"),
                arguments(uuid, uuid.toString()),
                arguments(URI.create("https://example.org"), "https://example.org"),
                arguments(Instant.EPOCH, "1970-01-01T00:00:00Z"),
                arguments(new Date(0), "1970-01-01T00:00:00Z"),
                arguments(new java.sql.Date(0), "1970-01-01T00:00:00Z"),
                arguments(LocalDate.of(2026, 1, 2), "2026-01-02"),
                arguments(
                        ZonedDateTime.of(2026, 1, 2, 3, 4, 5, 0, ZoneId.of("Europe/Paris")),
                        "2026-01-02T03:04:05+01:00"),
                arguments(new AtomicLong(7), 7L),
                arguments(OffsetDateTime.parse("2026-01-02T03:04:05+02:00"), "2026-01-02T03:04:05+02:00"),
                arguments(Optional.of(3), 3L),
                arguments(List.of(1, "a"), List.of(1L, "a")),
                arguments(new int[] {1, 2}, List.of(1L, 2L)),
                arguments(Map.of("a", 1), Map.of("a", 1L)));
    }

    @ParameterizedTest
    @MethodSource("values")
    void shouldBringValuesIntoTheFormsThatMatchersKnow(Object given, Object normalised) {
        FlagContext context =
                FlagContext.builder("p").personProperty("v", given).build();

        assertThat(context.personProperties()).containsExactly(Map.entry("v", normalised));
    }

    static Stream<Object> unusable() {
        List<Object> cycle = new ArrayList<>();
        cycle.add(cycle);
        Object deep = "x";
        for (int i = 0; i < 17; i++) {
            deep = List.of(deep);
        }
        Map<String, Object> nullKey = new HashMap<>();
        nullKey.put(null, 1);
        Object throwing = new java.util.AbstractList<Object>() {
            @Override
            public Object get(int index) {
                throw new IllegalStateException("unreadable");
            }

            @Override
            public int size() {
                return 1;
            }
        };
        return Stream.of(new Object(), cycle, deep, nullKey, throwing, List.of(new Object()));
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void shouldLeaveOutWhatHasNoForm(Object value) {
        FlagContext context = FlagContext.builder("p")
                .personProperty("v", "before")
                .personProperty("v", value)
                .build();

        assertThat(context.personProperties()).isEmpty();
    }

    @Test
    void shouldTellNullFromUnknown() {
        Map<String, Object> properties = new HashMap<>();
        properties.put("known", null);
        FlagContext context = FlagContext.of("p", properties);

        assertThat(context.personProperties()).containsEntry("known", null).hasSize(1);
    }

    @Test
    void shouldNotChangeWithWhatItWasMadeOf() {
        Map<String, Object> properties = new HashMap<>(Map.of("a", 1));
        FlagContext.Builder builder = FlagContext.builder("p").personProperties(properties);
        FlagContext context = builder.build();
        properties.put("b", 2);
        builder.personProperty("c", 3).group("g", "1").groupProperty("g", "x", 1);

        assertThat(context.personProperties()).containsOnlyKeys("a");
        assertThat(context.groups()).isEmpty();
        assertThat(context.groupProperties()).isEmpty();
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> context.personProperties().put("d", 4));
    }

    @Test
    void shouldTakeTheDeviceFromThePersonWhereNoneIsGiven() {
        assertThat(FlagContext.of("p").deviceId()).isNull();
        assertThat(FlagContext.of("p", Map.of("$device_id", "d1")).deviceId()).isEqualTo("d1");
        assertThat(FlagContext.of("p", Map.of("$device_id", "")).deviceId()).isNull();
        assertThat(FlagContext.of("p", Map.of("$device_id", 5)).deviceId()).isEqualTo("5");
        assertThat(FlagContext.of("p", Map.of("$device_id", true)).deviceId()).isNull();
        assertThat(FlagContext.builder("p")
                        .personProperty("$device_id", "d1")
                        .deviceId("d2")
                        .build()
                        .deviceId())
                .isEqualTo("d2");
        assertThat(FlagContext.builder("p")
                        .personProperty("$device_id", "d1")
                        .deviceId("")
                        .build()
                        .deviceId())
                .isEqualTo("d1");
    }

    @Test
    void shouldHaveNoDistinctIdIfItIsBlank() {
        assertThat(FlagContext.of(null).distinctId()).isEmpty();
        assertThat(FlagContext.of(" \t").distinctId()).isEmpty();
        assertThat(FlagContext.of(" p ").distinctId()).isEqualTo(" p ");
    }

    @Test
    void shouldHashGroupsWithoutRegardToTheirOrder() {
        long ab =
                FlagContext.builder("p").group("a", "1").group("b", "2").build().groupsHash();
        long ba =
                FlagContext.builder("p").group("b", "2").group("a", "1").build().groupsHash();
        long swapped =
                FlagContext.builder("p").group("a", "2").group("b", "1").build().groupsHash();

        assertThat(ab).isEqualTo(ba).isNotEqualTo(swapped).isNotZero();
        assertThat(FlagContext.of("p").groupsHash()).isZero();
        assertThat(FlagContext.builder("p").group("1", "a").build().groupsHash())
                .isNotEqualTo(FlagContext.builder("p").group("a", "1").build().groupsHash());
    }

    @Test
    void shouldRefuseAGroupWithoutTypeOrKey() {
        FlagContext.Builder builder = FlagContext.builder("p");

        assertThatIllegalArgumentException().isThrownBy(() -> builder.group("", "1"));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.group("company", null));
    }

    @Test
    void shouldShowNoValuesAsText() {
        FlagContext context = FlagContext.of("p", Map.of("email", "someone@example.org"));

        assertThat(context.toString()).contains("p").doesNotContain("someone");
    }
}

package dev.penstock.client.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.lang.reflect.Method;
import java.time.LocalDate;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TraitsTest {

    private static final Map<String, String> ADDRESS = Map.of("city", "Umeå");
    private static final LocalDate BIRTHDAY = LocalDate.of(1990, 2, 28);

    private static SetterTable.Row<Traits.Builder> row(
            String name, Object written, UnaryOperator<Traits.Builder> call) {
        return new SetterTable.Row<>(name, name, written, call);
    }

    static Stream<SetterTable.Row<Traits.Builder>> setters() {
        return Stream.of(
                row("address", ADDRESS, b -> b.address(ADDRESS)),
                row("age", 35, b -> b.age(35)),
                row("avatar", "https://example.org/a.png", b -> b.avatar("https://example.org/a.png")),
                row("birthday", BIRTHDAY, b -> b.birthday(BIRTHDAY)),
                row("createdAt", "2026-01-01", b -> b.createdAt("2026-01-01")),
                row("description", "d", b -> b.description("d")),
                row("email", "u19@example.org", b -> b.email("u19@example.org")),
                row("firstName", "Ada", b -> b.firstName("Ada")),
                row("gender", "f", b -> b.gender("f")),
                row("lastName", "Berg", b -> b.lastName("Berg")),
                row("name", "Ada Berg", b -> b.name("Ada Berg")),
                row("phone", "+46 90", b -> b.phone("+46 90")),
                row("role", "admin", b -> b.role("admin")),
                row("title", "Dr", b -> b.title("Dr")),
                row("username", "ada", b -> b.username("ada")),
                row("website", "https://example.org", b -> b.website("https://example.org")));
    }

    @ParameterizedTest
    @MethodSource("setters")
    void shouldWriteTheMemberOfEachSetter(SetterTable.Row<Traits.Builder> row) {
        Traits traits = row.call().apply(Traits.builder()).build();

        assertThat(traits.asMap()).containsExactly(entry(row.member(), row.written()));
        assertThat(traits.asMap().get(row.member())).isSameAs(row.written());
    }

    @Test
    void shouldHaveARowForEachSetter() {
        assertThat(setters().map(SetterTable.Row::setter))
                .containsExactlyInAnyOrderElementsOf(SetterTable.settersOf(Traits.Builder.class)
                        .map(Method::getName)
                        .toList());
    }

    @Test
    void shouldWriteNothingForNullAndTakeBackNothing() throws Exception {
        Traits.Builder builder = Traits.builder().put("email", "kept");
        SetterTable.callAll(builder, Object.class, null);
        builder.putAll(null);

        assertThat(builder.build().asMap()).containsExactly(entry("email", "kept"));
    }

    @Test
    void shouldKeepEmptyStrings() {
        assertThat(Traits.builder().name("").build().asMap()).containsExactly(entry("name", ""));
    }

    @Test
    void shouldKeepTheLastValueAtTheFirstPlace() {
        Traits traits =
                Traits.builder().put("email", 1).age(2).email("3").put("age", 4).build();

        assertThat(traits.asMap()).containsExactly(entry("email", "3"), entry("age", 4));
    }

    @Test
    void shouldKeepNullValuesAndLeaveNullNamesToTheClient() {
        Map<String, Object> odd = new HashMap<>();
        odd.put("known to be null", null);
        odd.put(null, "nameless");

        assertThat(Traits.builder().putAll(odd).build().asMap()).isEqualTo(odd);
        assertThat(Traits.builder().put("gone", null).put(null, 1).build().asMap())
                .containsExactly(entry("gone", null), entry(null, 1));
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"})
    void shouldTakeTheTextOfNamesOfACastMap() {
        assertThat(Traits.builder()
                        .put("7", 6)
                        .putAll((Map) Map.of(7, "seven"))
                        .build()
                        .asMap())
                .containsExactly(entry("7", "seven"));
    }

    @Test
    void shouldKeepCustomValuesAsTheyAre() {
        Object anything = new Object();
        StringBuilder text = new StringBuilder("a");
        Map<String, Object> traits = Traits.builder()
                .put("anything", anything)
                .putAll(Map.of("text", text))
                .build()
                .asMap();

        assertThat(traits.get("anything")).isSameAs(anything);
        assertThat(traits.get("text")).isSameAs(text);
    }

    @Test
    void shouldThrowOnWhatAMapThrowsAndKeepWhatWasRead() {
        IllegalStateException mine = new IllegalStateException("mine");
        Traits.Builder builder = Traits.builder().name("kept");

        assertThatThrownBy(() -> builder.putAll(new ThrowingMap(mine))).isSameAs(mine);
        assertThat(builder.build().asMap()).containsExactly(entry("name", "kept"), entry("read", 1));
    }

    @Test
    void shouldNotChangeWithTheMapOrTheBuilderItCameFrom() {
        Map<String, Object> given = new LinkedHashMap<>(Map.of("plan", "gold"));
        Traits.Builder builder = Traits.builder().putAll(given);
        Traits first = builder.build();
        given.put("plan", "lead");
        given.put("b", 2);
        Traits second = builder.name("n").put("plan", "tin").build();

        assertThat(first.asMap()).containsExactly(entry("plan", "gold")).isUnmodifiable();
        assertThat(second.asMap()).containsExactly(entry("plan", "tin"), entry("name", "n"));
        assertThat(Traits.builder().build().asMap()).isEmpty();
        assertThatThrownBy(() -> Traits.builder().build().asMap().put("a", 1))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void shouldShowNoContent() {
        assertThat(Traits.builder()
                        .email("u19@example.org")
                        .put("secret", "hunter2")
                        .build())
                .hasToString("Traits{members=2}");
    }

    /** A map with an entry "read", behind which it fails. */
    static final class ThrowingMap extends AbstractMap<String, Object> {

        private final RuntimeException thrown;

        ThrowingMap(RuntimeException thrown) {
            this.thrown = thrown;
        }

        @Override
        public Set<Map.Entry<String, Object>> entrySet() {
            return new AbstractSet<>() {
                @Override
                public Iterator<Map.Entry<String, Object>> iterator() {
                    return Stream.generate(new AtomicInteger()::incrementAndGet)
                            .map(number -> entryOrThrow(number))
                            .iterator();
                }

                @Override
                public int size() {
                    return 2;
                }
            };
        }

        private Map.Entry<String, Object> entryOrThrow(int number) {
            if (number > 1) {
                throw thrown;
            }
            return Map.entry("read", number);
        }
    }
}

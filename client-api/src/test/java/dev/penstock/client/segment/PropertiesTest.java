package dev.penstock.client.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PropertiesTest {

    private static final Product SWORD = Product.builder().sku("sword-3").build();
    private static final Product SHIELD = Product.builder().sku("shield-1").build();
    private static final List<Map<String, Object>> BOTH = List.of(Map.of("sku", "sword-3"), Map.of("sku", "shield-1"));

    private static SetterTable.Row<Properties.Builder> row(
            String name, Object written, UnaryOperator<Properties.Builder> call) {
        return new SetterTable.Row<>(name, name, written, call);
    }

    static Stream<SetterTable.Row<Properties.Builder>> setters() {
        return Stream.of(
                row("revenue", 1.5, b -> b.revenue(1.5)),
                row("currency", "SEK", b -> b.currency("SEK")),
                row("value", 2.5, b -> b.value(2.5)),
                row("path", "/p", b -> b.path("/p")),
                row("referrer", "https://r.example", b -> b.referrer("https://r.example")),
                row("title", "t", b -> b.title("t")),
                row("url", "https://u.example", b -> b.url("https://u.example")),
                row("name", "n", b -> b.name("n")),
                row("category", "c", b -> b.category("c")),
                row("sku", "sword-3", b -> b.sku("sword-3")),
                row("price", 4.5, b -> b.price(4.5)),
                row("id", "i", b -> b.id("i")),
                row("orderId", "o", b -> b.orderId("o")),
                row("total", 10.0, b -> b.total(10)),
                row("subtotal", 8.0, b -> b.subtotal(8)),
                row("shipping", 1.25, b -> b.shipping(1.25)),
                row("tax", 0.75, b -> b.tax(0.75)),
                row("discount", 0.0, b -> b.discount(0)),
                row("coupon", "SPRING", b -> b.coupon("SPRING")),
                row("products", BOTH, b -> b.products(SWORD, SHIELD)),
                row("products", BOTH, b -> b.products(List.of(SWORD, SHIELD))),
                row("repeat", false, b -> b.repeat(false)),
                row("repeat", true, b -> b.repeat(true)));
    }

    @ParameterizedTest
    @MethodSource("setters")
    void shouldWriteTheMemberOfEachSetter(SetterTable.Row<Properties.Builder> row) {
        assertThat(row.call().apply(Properties.builder()).build().asMap())
                .containsExactly(entry(row.member(), row.written()));
    }

    @Test
    void shouldHaveARowForEachSetter() {
        assertThat(setters().map(SetterTable.Row::setter).distinct())
                .containsExactlyInAnyOrderElementsOf(SetterTable.settersOf(Properties.Builder.class)
                        .map(Method::getName)
                        .distinct()
                        .toList());
    }

    @Test
    void shouldWriteNothingForNullAndTakeBackNothing() throws Exception {
        Properties.Builder builder = Properties.builder().products(SWORD);
        SetterTable.callAll(builder, Object.class, null);
        builder.putAll(null);

        assertThat(builder.build().asMap()).containsExactly(entry("products", List.of(Map.of("sku", "sword-3"))));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, Double.MIN_VALUE})
    void shouldLeaveOddNumbersToTheClient(double odd) {
        assertThat(Properties.builder().price(odd).build().asMap()).containsExactly(entry("price", odd));
    }

    @Test
    void shouldLeaveOutANullProduct() {
        assertThat(Properties.builder().products(SWORD, null, SHIELD).build().asMap())
                .containsExactly(entry("products", BOTH));
        assertThat(Properties.builder()
                        .products(Arrays.asList(null, SWORD, SHIELD))
                        .build()
                        .asMap())
                .containsExactly(entry("products", BOTH));
    }

    @Test
    void shouldKeepTheLastListOfProductsAlsoIfItIsEmpty() {
        assertThat(Properties.builder().products(SWORD).products().build().asMap())
                .containsExactly(entry("products", List.of()));
    }

    @Test
    void shouldNotChangeWithTheListOfProducts() {
        List<Product> given = new ArrayList<>(List.of(SWORD, SHIELD));
        Properties.Builder builder = Properties.builder().products(given);
        given.clear();

        assertThat(builder.build().asMap()).containsExactly(entry("products", BOTH));
        assertThat((List<?>) builder.build().asMap().get("products")).isUnmodifiable();
    }

    @Test
    void shouldKeepCustomMembersOfAnyTypeAndNull() {
        Object anything = new Object();
        Map<String, Object> odd = new HashMap<>();
        odd.put("known to be null", null);
        odd.put(null, "nameless");

        Map<String, Object> properties = Properties.builder()
                .put("anything", anything)
                .put("gone", null)
                .putAll(odd)
                .build()
                .asMap();

        assertThat(properties).hasSize(4).containsEntry("gone", null).containsAllEntriesOf(odd);
        assertThat(properties.get("anything")).isSameAs(anything);
    }

    @Test
    void shouldThrowOnWhatAMapThrowsAndKeepWhatWasRead() {
        IllegalStateException mine = new IllegalStateException("mine");
        Properties.Builder builder = Properties.builder().price(1);

        assertThatThrownBy(() -> builder.putAll(new TraitsTest.ThrowingMap(mine)))
                .isSameAs(mine);
        assertThat(builder.build().asMap()).containsExactly(entry("price", 1.0), entry("read", 1));
    }

    @Test
    void shouldNotChangeWithTheMapOrTheBuilderItCameFrom() {
        Map<String, Object> given = new LinkedHashMap<>(Map.of("level", 12));
        Properties.Builder builder = Properties.builder().putAll(given);
        Properties first = builder.build();
        given.put("level", 13);
        Properties second = builder.price(4.5).put("level", 14).build();

        assertThat(first.asMap()).containsExactly(entry("level", 12)).isUnmodifiable();
        assertThat(second.asMap()).containsExactly(entry("level", 14), entry("price", 4.5));
    }

    @Test
    void shouldShowNoContent() {
        assertThat(Properties.builder().coupon("hunter2").products(SWORD).build())
                .hasToString("Properties{members=2}");
    }
}

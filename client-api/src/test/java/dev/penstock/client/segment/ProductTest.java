package dev.penstock.client.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.lang.reflect.Method;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProductTest {

    private static SetterTable.Row<Product.Builder> row(
            String name, Object written, UnaryOperator<Product.Builder> call) {
        return new SetterTable.Row<>(name, name, written, call);
    }

    static Stream<SetterTable.Row<Product.Builder>> setters() {
        return Stream.of(
                row("id", "p-1", b -> b.id("p-1")),
                row("sku", "sword-3", b -> b.sku("sword-3")),
                row("name", "Sword", b -> b.name("Sword")),
                row("price", 4.5, b -> b.price(4.5)));
    }

    @ParameterizedTest
    @MethodSource("setters")
    void shouldWriteTheMemberOfEachSetter(SetterTable.Row<Product.Builder> row) {
        assertThat(row.call().apply(Product.builder()).build().asMap())
                .containsExactly(entry(row.member(), row.written()));
    }

    @Test
    void shouldHaveARowForEachSetter() {
        assertThat(setters().map(SetterTable.Row::setter))
                .containsExactlyInAnyOrderElementsOf(SetterTable.settersOf(Product.Builder.class)
                        .map(Method::getName)
                        .toList());
    }

    @Test
    void shouldWriteNothingForNullAndTakeBackNothing() throws Exception {
        Product.Builder builder = Product.builder().sku("kept");
        SetterTable.callAll(builder, Object.class, null);

        assertThat(builder.build().asMap()).containsExactly(entry("sku", "kept"));
    }

    @Test
    void shouldKeepCustomMembersOfAnyTypeAndNull() {
        Object anything = new Object();
        Product product = Product.builder()
                .put("quantity", 2)
                .put("gone", null)
                .put("anything", anything)
                .build();

        assertThat(product.asMap())
                .containsExactly(entry("quantity", 2), entry("gone", null), entry("anything", anything));
        assertThat(product.asMap().get("anything")).isSameAs(anything);
    }

    @Test
    void shouldNotChangeWithTheBuilderItCameFrom() {
        Product.Builder builder = Product.builder().sku("one");
        Product first = builder.build();
        Product second = builder.sku("two").price(1).build();

        assertThat(first.asMap()).containsExactly(entry("sku", "one")).isUnmodifiable();
        assertThat(second.asMap()).containsExactly(entry("sku", "two"), entry("price", 1.0));
    }

    @Test
    void shouldShowNoContent() {
        assertThat(Product.builder().name("hunter2").build()).hasToString("Product{members=1}");
    }
}

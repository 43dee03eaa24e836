package dev.penstock.client.segment;

import java.util.Map;

/**
 * A product in {@link Properties.Builder#products(java.util.List)}: the members that Segment's libraries have names for, and
 * any others, such as {@code quantity}.
 *
 * <p>Each setter writes the member of its own name. Null leaves the member out and takes back nothing; numbers that JSON
 * cannot say, NaN and the infinities, become JSON null and are counted when the message is enqueued. A name given twice, by
 * its setter or by {@link Builder#put}, keeps its last value.
 *
 * <p>Maps are copied one level deep; the values stay the caller's, and the same objects, until {@code enqueue} turns them into
 * bytes.
 *
 * <p><b>Threads:</b> immutable, as far as the values are; any. A builder belongs to one thread. <b>Allocation:</b> this, its
 * builder and its map.
 */
public final class Product implements TypedValue {

    private final Map<String, Object> members;

    private Product(Builder builder) {
        this.members = builder.members.frozen();
    }

    /**
     * Begins a product.
     *
     * @return a builder with nothing in it
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * What is written.
     *
     * @return an unmodifiable map from JSON name to value, in the order given; a value may be null
     */
    @Override
    public Map<String, Object> asMap() {
        return members;
    }

    /**
     * Shows how many members there are, not what they are.
     *
     * @return the text
     */
    @Override
    public String toString() {
        return "Product{members=" + members.size() + '}';
    }

    /**
     * Collects a product. The rules for all setters are told at {@link Product}.
     *
     * <p><b>Threads:</b> one thread at a time.
     */
    public static final class Builder {

        private final Members members = new Members();

        private Builder() {}

        /**
         * Writes {@code id}: the id in the shop.
         *
         * @param id the id
         * @return this
         */
        public Builder id(String id) {
            members.putPresent("id", id);
            return this;
        }

        /**
         * Writes {@code sku}: the stock number.
         *
         * @param sku the number
         * @return this
         */
        public Builder sku(String sku) {
            members.putPresent("sku", sku);
            return this;
        }

        /**
         * Writes {@code name}: what it is called.
         *
         * @param name the name
         * @return this
         */
        public Builder name(String name) {
            members.putPresent("name", name);
            return this;
        }

        /**
         * Writes {@code price}: what one costs.
         *
         * @param price an amount in the currency of the {@link Properties}
         * @return this
         */
        public Builder price(double price) {
            members.put("price", price);
            return this;
        }

        /**
         * Writes a member of any name.
         *
         * @param name the name; null is dropped and counted by the client
         * @param value any value that {@link MessageBuilder#put(String, Object)} takes; null is written as JSON null
         * @return this
         */
        public Builder put(String name, Object value) {
            members.put(name, value);
            return this;
        }

        /**
         * Builds what was collected. The builder can be used further.
         *
         * @return a product; never null
         */
        public Product build() {
            return new Product(this);
        }
    }
}

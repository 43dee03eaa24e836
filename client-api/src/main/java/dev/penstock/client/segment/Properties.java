package dev.penstock.client.segment;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What is known of an action, a page or a screen: the properties that Segment has names for, and any others.
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
public final class Properties implements TypedValue {

    private final Map<String, Object> members;

    private Properties(Builder builder) {
        this.members = builder.members.frozen();
    }

    /**
     * Begins properties.
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
        return "Properties{members=" + members.size() + '}';
    }

    /**
     * Collects properties. The rules for all setters are told at {@link Properties}.
     *
     * <p><b>Threads:</b> one thread at a time.
     */
    public static final class Builder {

        private final Members members = new Members();

        private Builder() {}

        /**
         * Writes {@code revenue}: what it brought in.
         *
         * @param revenue an amount in {@code currency}
         * @return this
         */
        public Builder revenue(double revenue) {
            members.put("revenue", revenue);
            return this;
        }

        /**
         * Writes {@code currency}: what amounts are in.
         *
         * @param currency the code of three letters as in ISO 4217, such as {@code USD}
         * @return this
         */
        public Builder currency(String currency) {
            members.putPresent("currency", currency);
            return this;
        }

        /**
         * Writes {@code value}: what it is worth, where nothing is paid.
         *
         * @param value an amount in {@code currency}
         * @return this
         */
        public Builder value(double value) {
            members.put("value", value);
            return this;
        }

        /**
         * Writes {@code path}: the path of a page.
         *
         * @param path the path of its URL
         * @return this
         */
        public Builder path(String path) {
            members.putPresent("path", path);
            return this;
        }

        /**
         * Writes {@code referrer}: the page that led here.
         *
         * @param referrer the URL
         * @return this
         */
        public Builder referrer(String referrer) {
            members.putPresent("referrer", referrer);
            return this;
        }

        /**
         * Writes {@code title}: the title of a page.
         *
         * @param title the title
         * @return this
         */
        public Builder title(String title) {
            members.putPresent("title", title);
            return this;
        }

        /**
         * Writes {@code url}: where a page is.
         *
         * @param url the whole URL
         * @return this
         */
        public Builder url(String url) {
            members.putPresent("url", url);
            return this;
        }

        /**
         * Writes {@code name}: the name of a page, a screen or a product.
         *
         * @param name the name
         * @return this
         */
        public Builder name(String name) {
            members.putPresent("name", name);
            return this;
        }

        /**
         * Writes {@code category}: the category of a page, a screen or a product.
         *
         * @param category the category
         * @return this
         */
        public Builder category(String category) {
            members.putPresent("category", category);
            return this;
        }

        /**
         * Writes {@code sku}: the stock number of a product.
         *
         * @param sku the number
         * @return this
         */
        public Builder sku(String sku) {
            members.putPresent("sku", sku);
            return this;
        }

        /**
         * Writes {@code price}: the price of one of a product.
         *
         * @param price an amount in {@code currency}
         * @return this
         */
        public Builder price(double price) {
            members.put("price", price);
            return this;
        }

        /**
         * Writes {@code id}: the id of a product.
         *
         * @param id the id
         * @return this
         */
        public Builder id(String id) {
            members.putPresent("id", id);
            return this;
        }

        /**
         * Writes {@code orderId}: the id of an order.
         *
         * @param orderId the id
         * @return this
         */
        public Builder orderId(String orderId) {
            members.putPresent("orderId", orderId);
            return this;
        }

        /**
         * Writes {@code total}: what an order costs with everything.
         *
         * @param total an amount in {@code currency}
         * @return this
         */
        public Builder total(double total) {
            members.put("total", total);
            return this;
        }

        /**
         * Writes {@code subtotal}: what an order costs before shipping and tax.
         *
         * @param subtotal an amount in {@code currency}
         * @return this
         */
        public Builder subtotal(double subtotal) {
            members.put("subtotal", subtotal);
            return this;
        }

        /**
         * Writes {@code shipping}: what sending an order costs.
         *
         * @param shipping an amount in {@code currency}
         * @return this
         */
        public Builder shipping(double shipping) {
            members.put("shipping", shipping);
            return this;
        }

        /**
         * Writes {@code tax}: the tax on an order.
         *
         * @param tax an amount in {@code currency}
         * @return this
         */
        public Builder tax(double tax) {
            members.put("tax", tax);
            return this;
        }

        /**
         * Writes {@code discount}: what was taken off an order.
         *
         * @param discount an amount in {@code currency}
         * @return this
         */
        public Builder discount(double discount) {
            members.put("discount", discount);
            return this;
        }

        /**
         * Writes {@code coupon}: the coupon an order was made with.
         *
         * @param coupon its code
         * @return this
         */
        public Builder coupon(String coupon) {
            members.putPresent("coupon", coupon);
            return this;
        }

        /**
         * Writes {@code products}: what an order consists of. Given twice, the last list counts.
         *
         * @param products the products in their order, read during the call; a null among them is left out
         * @return this
         */
        public Builder products(Product... products) {
            return products == null ? this : products(Arrays.asList(products));
        }

        /**
         * Writes {@code products}: what an order consists of. Given twice, the last list counts.
         *
         * @param products the products in their order, read during the call; a null among them is left out
         * @return this
         */
        public Builder products(List<Product> products) {
            if (products != null) {
                members.put(
                        "products",
                        products.stream()
                                .filter(Objects::nonNull)
                                .map(Product::asMap)
                                .toList());
            }
            return this;
        }

        /**
         * Writes {@code repeat}: whether the customer has bought before.
         *
         * @param repeat true or false
         * @return this
         */
        public Builder repeat(boolean repeat) {
            members.put("repeat", repeat);
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
         * Writes every entry of a map. What the map throws while it is read is thrown on; what was read before is kept.
         *
         * @param more names and values, read during the call and written as by {@link #put}; null means none
         * @return this
         */
        public Builder putAll(Map<String, ?> more) {
            members.putAll(more);
            return this;
        }

        /**
         * Builds what was collected. The builder can be used further.
         *
         * @return properties; never null
         */
        public Properties build() {
            return new Properties(this);
        }
    }
}

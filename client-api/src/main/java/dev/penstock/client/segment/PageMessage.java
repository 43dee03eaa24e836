package dev.penstock.client.segment;

import java.util.Map;

/**
 * Tells what page somebody saw. Needs a user id or an anonymous id.
 *
 * <p><b>Threads:</b> as every {@link Message}.
 */
public final class PageMessage extends Message {

    private final String name;
    private final String category;
    private final Properties properties;

    private PageMessage(Builder builder) {
        super(builder);
        this.name = builder.name;
        this.category = builder.category;
        this.properties = builder.properties;
    }

    /**
     * Begins a message.
     *
     * @param name the page's name; null or blank is left out
     * @return a builder
     */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    @Override
    public MessageType type() {
        return MessageType.PAGE;
    }

    /**
     * What the page is called.
     *
     * @return the name as given, or null
     */
    public String name() {
        return name;
    }

    /**
     * What the page belongs to.
     *
     * @return the category as given, or null
     */
    public String category() {
        return category;
    }

    /**
     * What is known of the page.
     *
     * @return the properties, or null if none were given
     */
    public Properties properties() {
        return properties;
    }

    /**
     * Collects a page message.
     *
     * <p><b>Threads:</b> one thread at a time.
     */
    public static final class Builder extends Message.Builder<Builder> {

        private final String name;
        private String category;
        private Properties properties;

        private Builder(String name) {
            this.name = name;
        }

        /**
         * Sets {@code category}: what the page belongs to.
         *
         * @param category the category; null or blank is left out
         * @return this
         */
        public Builder category(String category) {
            this.category = category;
            return this;
        }

        /**
         * Sets {@code properties}: what is known of the page.
         *
         * @param properties the properties; null means none
         * @return this
         */
        public Builder properties(Properties properties) {
            this.properties = properties;
            return this;
        }

        /**
         * Sets {@code properties}: what is known of the page. What the map throws while it is read is thrown on.
         *
         * @param properties names and values, read during the call; null means none
         * @return this
         */
        public Builder properties(Map<String, ?> properties) {
            this.properties = properties == null
                    ? null
                    : Properties.builder().putAll(properties).build();
            return this;
        }

        @Override
        public PageMessage build() {
            return new PageMessage(this);
        }

        @Override
        Builder self() {
            return this;
        }
    }
}

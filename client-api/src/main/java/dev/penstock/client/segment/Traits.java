package dev.penstock.client.segment;

import java.util.Map;

/**
 * What is known of a person or a group: the traits that Segment has names for, and any others.
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
public final class Traits implements TypedValue {

    private final Map<String, Object> members;

    private Traits(Builder builder) {
        this.members = builder.members.frozen();
    }

    /**
     * Begins traits.
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
        return "Traits{members=" + members.size() + '}';
    }

    /**
     * Collects traits. The rules for all setters are told at {@link Traits}.
     *
     * <p><b>Threads:</b> one thread at a time.
     */
    public static final class Builder {

        private final Members members = new Members();

        private Builder() {}

        /**
         * Writes {@code address}: their postal address.
         *
         * @param address a string, or a map with {@code street}, {@code city}, {@code postalCode}, {@code state},
         *     {@code country}
         * @return this
         */
        public Builder address(Object address) {
            members.putPresent("address", address);
            return this;
        }

        /**
         * Writes {@code age}: how old they are.
         *
         * @param age years
         * @return this
         */
        public Builder age(int age) {
            members.put("age", age);
            return this;
        }

        /**
         * Writes {@code avatar}: a picture of them.
         *
         * @param avatar the picture's URL
         * @return this
         */
        public Builder avatar(String avatar) {
            members.putPresent("avatar", avatar);
            return this;
        }

        /**
         * Writes {@code birthday}: when they were born.
         *
         * @param birthday a date of any type
         * @return this
         */
        public Builder birthday(Object birthday) {
            members.putPresent("birthday", birthday);
            return this;
        }

        /**
         * Writes {@code createdAt}: when their account was made.
         *
         * @param createdAt a date of any type
         * @return this
         */
        public Builder createdAt(Object createdAt) {
            members.putPresent("createdAt", createdAt);
            return this;
        }

        /**
         * Writes {@code description}: what there is to say about them.
         *
         * @param description the text
         * @return this
         */
        public Builder description(String description) {
            members.putPresent("description", description);
            return this;
        }

        /**
         * Writes {@code email}: their email address.
         *
         * @param email the address
         * @return this
         */
        public Builder email(String email) {
            members.putPresent("email", email);
            return this;
        }

        /**
         * Writes {@code firstName}: their given name.
         *
         * @param firstName the name
         * @return this
         */
        public Builder firstName(String firstName) {
            members.putPresent("firstName", firstName);
            return this;
        }

        /**
         * Writes {@code gender}: their gender.
         *
         * @param gender the gender
         * @return this
         */
        public Builder gender(String gender) {
            members.putPresent("gender", gender);
            return this;
        }

        /**
         * Writes {@code lastName}: their family name.
         *
         * @param lastName the name
         * @return this
         */
        public Builder lastName(String lastName) {
            members.putPresent("lastName", lastName);
            return this;
        }

        /**
         * Writes {@code name}: the full name.
         *
         * @param name the name
         * @return this
         */
        public Builder name(String name) {
            members.putPresent("name", name);
            return this;
        }

        /**
         * Writes {@code phone}: their telephone number.
         *
         * @param phone the number
         * @return this
         */
        public Builder phone(String phone) {
            members.putPresent("phone", phone);
            return this;
        }

        /**
         * Writes {@code role}: what they may or must do.
         *
         * @param role the role
         * @return this
         */
        public Builder role(String role) {
            members.putPresent("role", role);
            return this;
        }

        /**
         * Writes {@code title}: their position.
         *
         * @param title the title
         * @return this
         */
        public Builder title(String title) {
            members.putPresent("title", title);
            return this;
        }

        /**
         * Writes {@code username}: what they log in with.
         *
         * @param username the name
         * @return this
         */
        public Builder username(String username) {
            members.putPresent("username", username);
            return this;
        }

        /**
         * Writes {@code website}: their website.
         *
         * @param website the URL
         * @return this
         */
        public Builder website(String website) {
            members.putPresent("website", website);
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
         * @return traits; never null
         */
        public Traits build() {
            return new Traits(this);
        }
    }
}

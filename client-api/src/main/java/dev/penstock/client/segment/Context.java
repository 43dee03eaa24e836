package dev.penstock.client.segment;

import java.util.Map;

/**
 * What surrounds a message: the app, the device, the page and the like, by the names that Segment has for them, and custom
 * members beside them.
 *
 * <pre>{@code
 * Context context = Context.builder()
 *         .ip("203.0.113.9")
 *         .pageUrl("https://example.org/pricing")
 *         .put("shard", "eu-2")
 *         .build();
 * }</pre>
 *
 * <p>Setters are flat, what they write is nested: {@code pageUrl} is {@code url} in the object {@code page}. A null or empty
 * string is left out and takes back nothing; an object with nothing in it is not written. Numbers that JSON cannot say, NaN and
 * the infinities, become JSON null and are counted when the message is enqueued. Given twice, the last value counts.
 *
 * <p>A member given by its setter wins over a custom one of the same name, whichever came first; the two are not merged.
 * {@code library} is always the client's own. Custom values stay the caller's, and the same objects, until {@code enqueue}
 * turns them into bytes.
 *
 * <p><b>Threads:</b> immutable, as far as custom values are; any. A builder belongs to one thread. <b>Allocation:</b> this, its
 * builder and its maps.
 */
public final class Context implements TypedValue {

    private final Map<String, Object> members;

    private Context(Builder builder) {
        this.members = builder.members.frozen();
    }

    /**
     * Begins a context.
     *
     * @return a builder with nothing in it
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * What is written.
     *
     * @return an unmodifiable map from JSON name to value, nested as on the wire, in the order given; a custom value may be
     *     null
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
        return "Context{members=" + members.size() + '}';
    }

    /**
     * Collects a context. The rules for all setters are told at {@link Context}.
     *
     * <p><b>Threads:</b> one thread at a time.
     */
    public static final class Builder {

        private final ContextMembers members = new ContextMembers();

        private Builder() {}

        /**
         * Writes {@code app.name}: the app's name.
         *
         * @param name the name
         * @return this
         */
        public Builder appName(String name) {
            members.putKnown("app", "name", name);
            return this;
        }

        /**
         * Writes {@code app.version}: the app's version.
         *
         * @param version the version
         * @return this
         */
        public Builder appVersion(String version) {
            members.putKnown("app", "version", version);
            return this;
        }

        /**
         * Writes {@code app.build}: the app's build.
         *
         * @param build its number
         * @return this
         */
        public Builder appBuild(String build) {
            members.putKnown("app", "build", build);
            return this;
        }

        /**
         * Writes {@code app.namespace}: the app's package or bundle.
         *
         * @param namespace such as {@code com.example.shop}
         * @return this
         */
        public Builder appNamespace(String namespace) {
            members.putKnown("app", "namespace", namespace);
            return this;
        }

        /**
         * Writes {@code campaign.name}: the campaign that led here.
         *
         * @param name its name
         * @return this
         */
        public Builder campaignName(String name) {
            members.putKnown("campaign", "name", name);
            return this;
        }

        /**
         * Writes {@code campaign.source}: where the campaign was seen.
         *
         * @param source the source
         * @return this
         */
        public Builder campaignSource(String source) {
            members.putKnown("campaign", "source", source);
            return this;
        }

        /**
         * Writes {@code campaign.medium}: by what medium the campaign was seen.
         *
         * @param medium the medium
         * @return this
         */
        public Builder campaignMedium(String medium) {
            members.putKnown("campaign", "medium", medium);
            return this;
        }

        /**
         * Writes {@code campaign.term}: the term that the campaign was found by.
         *
         * @param term the term
         * @return this
         */
        public Builder campaignTerm(String term) {
            members.putKnown("campaign", "term", term);
            return this;
        }

        /**
         * Writes {@code campaign.content}: which form of the campaign was seen.
         *
         * @param content the content
         * @return this
         */
        public Builder campaignContent(String content) {
            members.putKnown("campaign", "content", content);
            return this;
        }

        /**
         * Writes {@code device.id}: the device's id.
         *
         * @param id the id
         * @return this
         */
        public Builder deviceId(String id) {
            members.putKnown("device", "id", id);
            return this;
        }

        /**
         * Writes {@code device.manufacturer}: who made the device.
         *
         * @param manufacturer the maker
         * @return this
         */
        public Builder deviceManufacturer(String manufacturer) {
            members.putKnown("device", "manufacturer", manufacturer);
            return this;
        }

        /**
         * Writes {@code device.model}: the device's model.
         *
         * @param model the model
         * @return this
         */
        public Builder deviceModel(String model) {
            members.putKnown("device", "model", model);
            return this;
        }

        /**
         * Writes {@code device.name}: the device's name.
         *
         * @param name the name
         * @return this
         */
        public Builder deviceName(String name) {
            members.putKnown("device", "name", name);
            return this;
        }

        /**
         * Writes {@code device.type}: the kind of device.
         *
         * @param type such as {@code ios}
         * @return this
         */
        public Builder deviceType(String type) {
            members.putKnown("device", "type", type);
            return this;
        }

        /**
         * Writes {@code device.version}: the device's version.
         *
         * @param version the version
         * @return this
         */
        public Builder deviceVersion(String version) {
            members.putKnown("device", "version", version);
            return this;
        }

        /**
         * Writes {@code device.advertisingId}: the device's id for advertisers.
         *
         * @param advertisingId the id
         * @return this
         */
        public Builder deviceAdvertisingId(String advertisingId) {
            members.putKnown("device", "advertisingId", advertisingId);
            return this;
        }

        /**
         * Writes {@code location.city}: the city.
         *
         * @param city its name
         * @return this
         */
        public Builder locationCity(String city) {
            members.putKnown("location", "city", city);
            return this;
        }

        /**
         * Writes {@code location.country}: the country.
         *
         * @param country its name
         * @return this
         */
        public Builder locationCountry(String country) {
            members.putKnown("location", "country", country);
            return this;
        }

        /**
         * Writes {@code location.region}: the region.
         *
         * @param region its name
         * @return this
         */
        public Builder locationRegion(String region) {
            members.putKnown("location", "region", region);
            return this;
        }

        /**
         * Writes {@code location.latitude}: how far north.
         *
         * @param latitude degrees, negative in the south
         * @return this
         */
        public Builder locationLatitude(double latitude) {
            members.putKnown("location", "latitude", latitude);
            return this;
        }

        /**
         * Writes {@code location.longitude}: how far east.
         *
         * @param longitude degrees, negative in the west
         * @return this
         */
        public Builder locationLongitude(double longitude) {
            members.putKnown("location", "longitude", longitude);
            return this;
        }

        /**
         * Writes {@code location.speed}: how fast.
         *
         * @param speed the speed
         * @return this
         */
        public Builder locationSpeed(double speed) {
            members.putKnown("location", "speed", speed);
            return this;
        }

        /**
         * Writes {@code network.bluetooth}: whether Bluetooth is in use.
         *
         * @param bluetooth true or false
         * @return this
         */
        public Builder networkBluetooth(boolean bluetooth) {
            members.putKnown("network", "bluetooth", bluetooth);
            return this;
        }

        /**
         * Writes {@code network.cellular}: whether a mobile network is in use.
         *
         * @param cellular true or false
         * @return this
         */
        public Builder networkCellular(boolean cellular) {
            members.putKnown("network", "cellular", cellular);
            return this;
        }

        /**
         * Writes {@code network.wifi}: whether Wi-Fi is in use.
         *
         * @param wifi true or false
         * @return this
         */
        public Builder networkWifi(boolean wifi) {
            members.putKnown("network", "wifi", wifi);
            return this;
        }

        /**
         * Writes {@code network.carrier}: whose mobile network it is.
         *
         * @param carrier the name
         * @return this
         */
        public Builder networkCarrier(String carrier) {
            members.putKnown("network", "carrier", carrier);
            return this;
        }

        /**
         * Writes {@code os.name}: the operating system.
         *
         * @param name its name
         * @return this
         */
        public Builder osName(String name) {
            members.putKnown("os", "name", name);
            return this;
        }

        /**
         * Writes {@code os.version}: the operating system's version.
         *
         * @param version the version
         * @return this
         */
        public Builder osVersion(String version) {
            members.putKnown("os", "version", version);
            return this;
        }

        /**
         * Writes {@code page.hash}: the part of the page's URL behind the {@code #}.
         *
         * @param hash that part
         * @return this
         */
        public Builder pageHash(String hash) {
            members.putKnown("page", "hash", hash);
            return this;
        }

        /**
         * Writes {@code page.path}: the path of the page's URL.
         *
         * @param path the path
         * @return this
         */
        public Builder pagePath(String path) {
            members.putKnown("page", "path", path);
            return this;
        }

        /**
         * Writes {@code page.referrer}: the page that led here.
         *
         * @param referrer the URL
         * @return this
         */
        public Builder pageReferrer(String referrer) {
            members.putKnown("page", "referrer", referrer);
            return this;
        }

        /**
         * Writes {@code page.search}: the query of the page's URL.
         *
         * @param search the query
         * @return this
         */
        public Builder pageSearch(String search) {
            members.putKnown("page", "search", search);
            return this;
        }

        /**
         * Writes {@code page.title}: the page's title.
         *
         * @param title the title
         * @return this
         */
        public Builder pageTitle(String title) {
            members.putKnown("page", "title", title);
            return this;
        }

        /**
         * Writes {@code page.url}: where the page is.
         *
         * @param url the whole URL
         * @return this
         */
        public Builder pageUrl(String url) {
            members.putKnown("page", "url", url);
            return this;
        }

        /**
         * Writes {@code referrer.type}: the kind of referrer.
         *
         * @param type the kind
         * @return this
         */
        public Builder referrerType(String type) {
            members.putKnown("referrer", "type", type);
            return this;
        }

        /**
         * Writes {@code referrer.name}: who referred.
         *
         * @param name the name
         * @return this
         */
        public Builder referrerName(String name) {
            members.putKnown("referrer", "name", name);
            return this;
        }

        /**
         * Writes {@code referrer.url}: where the referrer is.
         *
         * @param url the URL
         * @return this
         */
        public Builder referrerUrl(String url) {
            members.putKnown("referrer", "url", url);
            return this;
        }

        /**
         * Writes {@code referrer.link}: the link that was followed.
         *
         * @param link the link
         * @return this
         */
        public Builder referrerLink(String link) {
            members.putKnown("referrer", "link", link);
            return this;
        }

        /**
         * Writes {@code screen.density}: the screen's density.
         *
         * @param density how many pixels make one point
         * @return this
         */
        public Builder screenDensity(double density) {
            members.putKnown("screen", "density", density);
            return this;
        }

        /**
         * Writes {@code screen.width}: the screen's width.
         *
         * @param width pixels
         * @return this
         */
        public Builder screenWidth(int width) {
            members.putKnown("screen", "width", width);
            return this;
        }

        /**
         * Writes {@code screen.height}: the screen's height.
         *
         * @param height pixels
         * @return this
         */
        public Builder screenHeight(int height) {
            members.putKnown("screen", "height", height);
            return this;
        }

        /**
         * Writes {@code ip}: the address the message is from.
         *
         * @param ip the address
         * @return this
         */
        public Builder ip(String ip) {
            members.putKnown("ip", ip);
            return this;
        }

        /**
         * Writes {@code direct}: whether they came here directly.
         *
         * @param direct true or false
         * @return this
         */
        public Builder direct(boolean direct) {
            members.putKnown("direct", direct);
            return this;
        }

        /**
         * Writes {@code locale}: language and country.
         *
         * @param locale such as {@code en-GB}
         * @return this
         */
        public Builder locale(String locale) {
            members.putKnown("locale", locale);
            return this;
        }

        /**
         * Writes {@code groupId}: the group they act in.
         *
         * @param groupId the id
         * @return this
         */
        public Builder groupId(String groupId) {
            members.putKnown("groupId", groupId);
            return this;
        }

        /**
         * Writes {@code timezone}: the time zone they are in.
         *
         * @param timezone its name, such as {@code Europe/Stockholm}
         * @return this
         */
        public Builder timezone(String timezone) {
            members.putKnown("timezone", timezone);
            return this;
        }

        /**
         * Writes {@code userAgent}: what their browser says it is.
         *
         * @param userAgent the header
         * @return this
         */
        public Builder userAgent(String userAgent) {
            members.putKnown("userAgent", userAgent);
            return this;
        }

        /**
         * Writes {@code traits}: what is known of the person, for messages other than identify.
         *
         * @param traits the traits; null or none leaves them out
         * @return this
         */
        public Builder traits(Traits traits) {
            members.putKnown("traits", traits == null ? null : traits.asMap());
            return this;
        }

        /**
         * Writes a custom member at the top level. {@code library} is ignored.
         *
         * @param name the name; null is dropped and counted by the client
         * @param value any value that {@link MessageBuilder#put(String, Object)} takes; null is written as JSON null
         * @return this
         */
        public Builder put(String name, Object value) {
            members.putCustom(name, value);
            return this;
        }

        /**
         * Builds what was collected. The builder can be used further.
         *
         * @return a context; never null
         */
        public Context build() {
            return new Context(this);
        }
    }
}

package dev.penstock.client.flags;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * How one question about flags is to be answered, where it differs from the client's configuration. Make options once
 * and keep them.
 *
 * <pre>{@code
 * private static final FlagOptions MAY_ASK_SERVER = FlagOptions.DEFAULT.withRemoteFallback(true);
 * }</pre>
 *
 * <p><b>Threads:</b> immutable; any.
 */
public final class FlagOptions {

    /** Everything as the client is configured. */
    public static final FlagOptions DEFAULT = new FlagOptions(null, null, null, null);

    private final Boolean remoteFallback;
    private final Boolean usageEvents;
    private final Boolean disableGeoIp;
    private final Set<String> keys;

    private FlagOptions(Boolean remoteFallback, Boolean usageEvents, Boolean disableGeoIp, Set<String> keys) {
        this.remoteFallback = remoteFallback;
        this.usageEvents = usageEvents;
        this.disableGeoIp = disableGeoIp;
        this.keys = keys;
    }

    /**
     * Whether the server may be asked for what cannot be decided from definitions.
     *
     * @param allowed false: no request is ever made for this question. True: a blocking call may take as long as the
     *     configured {@linkplain dev.penstock.client.ClientConfig#flagRequestTimeout() timeout} and retries say
     * @return changed options
     */
    public FlagOptions withRemoteFallback(boolean allowed) {
        return new FlagOptions(allowed, usageEvents, disableGeoIp, keys);
    }

    /**
     * Whether reads report their use.
     *
     * @param reported false: no {@code $feature_flag_called} event comes of this question. True: the first read is
     *     reported even if the client is configured to report nothing
     * @return changed options
     */
    public FlagOptions withUsageEvents(boolean reported) {
        return new FlagOptions(remoteFallback, reported, disableGeoIp, keys);
    }

    /**
     * Whether the server is told not to derive a place from the address that a request of this question comes from.
     *
     * @param disabled true: no place is derived
     * @return changed options
     */
    public FlagOptions withGeoIpDisabled(boolean disabled) {
        return new FlagOptions(remoteFallback, usageEvents, disabled, keys);
    }

    /**
     * Restricts the question to some flags; applies where many are evaluated at once.
     *
     * @param flagKeys the keys; an empty collection means none at all
     * @return changed options
     * @throws IllegalArgumentException if the collection or a key is null
     */
    public FlagOptions withKeys(Collection<String> flagKeys) {
        if (flagKeys == null) {
            throw new IllegalArgumentException("flagKeys must not be null");
        }
        Set<String> copy = new LinkedHashSet<>(flagKeys);
        if (copy.contains(null)) {
            throw new IllegalArgumentException("flagKeys must not contain null");
        }
        return new FlagOptions(remoteFallback, usageEvents, disableGeoIp, java.util.Collections.unmodifiableSet(copy));
    }

    /**
     * Whether the server may be asked.
     *
     * @param configured what the client's configuration says
     * @return the answer for this question
     */
    public boolean remoteFallback(boolean configured) {
        return remoteFallback == null ? configured : remoteFallback;
    }

    /**
     * Whether reads report their use.
     *
     * @param configured what the client's configuration says
     * @return the answer for this question
     */
    public boolean usageEvents(boolean configured) {
        return usageEvents == null ? configured : usageEvents;
    }

    /**
     * Whether the server is told not to derive a place.
     *
     * @param configured what the client's configuration says
     * @return the answer for this question
     */
    public boolean geoIpDisabled(boolean configured) {
        return disableGeoIp == null ? configured : disableGeoIp;
    }

    /**
     * The flags the question is restricted to.
     *
     * @return the keys in the order given, or empty for all flags
     */
    public Optional<Set<String>> keys() {
        return Optional.ofNullable(keys);
    }
}

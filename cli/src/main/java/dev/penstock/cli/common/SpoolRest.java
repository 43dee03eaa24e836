package dev.penstock.cli.common;

import dev.penstock.client.SpoolMode;
import dev.penstock.client.SpoolSettings;
import java.util.regex.Pattern;

/**
 * Says how to send what a command leaves in its spool.
 * <p>
 * <b>Threads:</b> immutable; any thread.
 *
 * @param spool where the rest is
 * @param protocol what the command spoke
 * @param host where it sent
 */
public record SpoolRest(SpoolSettings spool, WireProtocol protocol, String host) {
    private static final Pattern PLAIN_WORD = Pattern.compile("[\\w@%+=:,./-]+");

    /**
     * Whether there may be a rest.
     *
     * @return false if nothing is kept on disk
     */
    public boolean isKept() {
        return spool.mode() != SpoolMode.OFF;
    }

    /**
     * What to do about the rest.
     *
     * @param events how many are left
     * @return a sentence with a command; it leaves the key out
     */
    public String advice(long events) {
        return Numbers.count(events)
                + " events are in the spool, neither lost nor delivered; send them with: penstock spool drain "
                + word(spool.directory().toString()) + " --host " + word(host) + " --protocol " + protocol
                + ", and --key or $"
                + protocol.keyVariable() + ".";
    }

    /** As a shell takes it for one word. */
    private static String word(String text) {
        return PLAIN_WORD.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}

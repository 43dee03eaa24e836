package dev.penstock.benchmarks.support;

/**
 * An {@code ad_impression} as an application holds it: six strings of 36, 12, 10, 2, 20 and 36 characters, an integer, a
 * boolean and an amount with two decimals.
 *
 * @param distinctId whom it is about
 * @param placement 12 characters
 * @param campaign 10 characters
 * @param country 2 characters, always one of a few constants
 * @param device 20 characters
 * @param sessionId 36 characters
 * @param position 0 to 63
 * @param viewable true or false
 * @param price two decimals, the last of them not zero
 */
public record ReferenceEvent(
        String distinctId,
        String placement,
        String campaign,
        String country,
        String device,
        String sessionId,
        long position,
        boolean viewable,
        double price) {
    /** The event's name on the wire. */
    public static final String NAME = "ad_impression";
}

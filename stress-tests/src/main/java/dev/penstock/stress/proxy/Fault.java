package dev.penstock.stress.proxy;

import java.time.Duration;

/**
 * What a {@link FaultProxy} does with the bytes of one direction.
 *
 * @param kind what goes wrong
 * @param side the direction that is hurt
 * @param afterBytes bytes of that direction that still pass unharmed, from the moment the fault is set; a connection that
 *     is opened later begins at its first byte
 * @param amount the delay or the pause in milliseconds, the bytes a second, or the bit to flip, 0 to 7
 */
public record Fault(FaultKind kind, Side side, long afterBytes, long amount) {
    /** Passes everything at once. */
    public static final Fault NONE = new Fault(FaultKind.NONE, Side.ANSWER, 0, 0);

    /**
     * Holds each piece back.
     *
     * @param side the direction
     * @param delay how long
     * @return the fault
     */
    public static Fault delay(Side side, Duration delay) {
        return new Fault(FaultKind.DELAY, side, 0, delay.toMillis());
    }

    /**
     * Swallows everything after some bytes.
     *
     * @param side the direction
     * @param afterBytes bytes that still pass
     * @return the fault
     */
    public static Fault drop(Side side, long afterBytes) {
        return new Fault(FaultKind.DROP, side, afterBytes, 0);
    }

    /**
     * Resets the connection in place of the next byte after some.
     *
     * @param side the direction whose bytes are counted
     * @param afterBytes bytes that still pass
     * @return the fault
     */
    public static Fault reset(Side side, long afterBytes) {
        return new Fault(FaultKind.RESET, side, afterBytes, 0);
    }

    /**
     * Ends the stream in place of the next byte after some.
     *
     * @param side the direction
     * @param afterBytes bytes that still pass
     * @return the fault
     */
    public static Fault halfClose(Side side, long afterBytes) {
        return new Fault(FaultKind.HALF_CLOSE, side, afterBytes, 0);
    }

    /**
     * Passes {@value Pump#TRICKLE_BYTES} bytes at a time.
     *
     * @param side the direction
     * @param pause the pause after each step
     * @return the fault
     */
    public static Fault trickle(Side side, Duration pause) {
        return new Fault(FaultKind.TRICKLE, side, 0, pause.toMillis());
    }

    /**
     * Flips one bit of the next byte after some; what follows passes.
     *
     * @param side the direction
     * @param afterBytes bytes that pass before it
     * @param bit 0 to 7
     * @return the fault
     */
    public static Fault corrupt(Side side, long afterBytes, int bit) {
        return new Fault(FaultKind.CORRUPT, side, afterBytes, bit);
    }

    /**
     * Limits the rate of each connection.
     *
     * @param side the direction
     * @param bytesPerSecond at least 1
     * @return the fault
     */
    public static Fault bandwidth(Side side, long bytesPerSecond) {
        return new Fault(FaultKind.BANDWIDTH, side, 0, Math.max(1, bytesPerSecond));
    }
}

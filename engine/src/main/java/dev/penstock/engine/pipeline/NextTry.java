package dev.penstock.engine.pipeline;

/**
 * Whether a failed batch is tried again.
 *
 * @param delayNs after how long
 * @param spent what has been used up so that it is not, or null if it is
 */
record NextTry(long delayNs, String spent) {

    static NextTry after(long delayNs) {
        return new NextTry(delayNs, null);
    }

    static NextTry none(String spent) {
        return new NextTry(0, spent);
    }

    boolean isNone() {
        return spent != null;
    }
}

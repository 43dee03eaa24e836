package dev.penstock.engine.encode;

/** How request bodies are compressed. The codes are on disks: they never change. */
public enum BodyEncoding {
    /** Not at all. */
    NONE(0),
    /** As one gzip member. */
    GZIP(1),
    /** As one zlib stream, which HTTP calls deflate. */
    DEFLATE(2);

    private final int code;

    BodyEncoding(int code) {
        this.code = code;
    }

    /**
     * What stands for it on a disk.
     *
     * @return a small number
     */
    public int code() {
        return code;
    }

    /**
     * The encoding that a code stands for.
     *
     * @param code as {@link #code()} gives it
     * @return the encoding, or null if there is none
     */
    public static BodyEncoding of(int code) {
        for (BodyEncoding encoding : values()) {
            if (encoding.code == code) {
                return encoding;
            }
        }
        return null;
    }
}

package dev.penstock.client;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Everything that can be set about the spool, the place on disk where events wait for a server that is away. Made by {@link
 * #builder(Path)}, validated once by {@link Builder#build()}, and handed to {@link ClientConfig.Builder#spool}.
 *
 * <p>What is kept is a batch as it goes over the wire, without the key: events, their UUIDs and timestamps. What an earlier
 * run has left in the directory is sent by the next client that opens it, beside the live events and after them. A
 * directory belongs to one client at a time.
 *
 * <p><b>Threads:</b> immutable; any thread. The builder belongs to one thread.
 */
public final class SpoolSettings {

    /** Default of {@link Builder#mode}. */
    public static final SpoolMode DEFAULT_MODE = SpoolMode.ON_OUTAGE;

    /** Default of {@link Builder#sync}. */
    public static final SpoolSync DEFAULT_SYNC = SpoolSync.INTERVAL;

    /** Default of {@link Builder#syncInterval}. */
    public static final Duration DEFAULT_SYNC_INTERVAL = Duration.ofMillis(200);

    /** Default of {@link Builder#maxBytes}. */
    public static final long DEFAULT_MAX_BYTES = 1L << 30;

    /** Default of {@link Builder#segmentBytes}. */
    public static final int DEFAULT_SEGMENT_BYTES = 16 * 1024 * 1024;

    /** Default of {@link Builder#overflow}. */
    public static final SpoolOverflow DEFAULT_OVERFLOW = SpoolOverflow.STOP_SPILLING;

    /** No spool. */
    public static final SpoolSettings OFF =
            new SpoolSettings(builder(Path.of("")).mode(SpoolMode.OFF));

    private final Path directory;
    private final SpoolMode mode;
    private final SpoolSync sync;
    private final Duration syncInterval;
    private final long maxBytes;
    private final int segmentBytes;
    private final SpoolOverflow overflow;

    private SpoolSettings(Builder builder) {
        this.directory = builder.directory;
        this.mode = builder.mode;
        this.sync = builder.sync;
        this.syncInterval = builder.syncInterval;
        this.maxBytes = builder.maxBytes;
        this.segmentBytes = builder.segmentBytes;
        this.overflow = builder.overflow;
    }

    /**
     * Begins settings.
     *
     * @param directory where the files are; made if it is missing, together with its parents, and then readable by its
     *     owner alone
     * @return a builder with every default
     */
    public static Builder builder(Path directory) {
        return new Builder(directory);
    }

    /**
     * Where the files are; see {@link #builder}.
     *
     * @return the directory
     */
    public Path directory() {
        return directory;
    }

    /**
     * When batches are kept on disk; see {@link Builder#mode}.
     *
     * @return the value; default {@link SpoolMode#ON_OUTAGE}
     */
    public SpoolMode mode() {
        return mode;
    }

    /**
     * When writes are forced to the disk; see {@link Builder#sync}.
     *
     * @return the value; default {@link SpoolSync#INTERVAL}
     */
    public SpoolSync sync() {
        return sync;
    }

    /**
     * How long a write may wait to be forced; see {@link Builder#syncInterval}.
     *
     * @return the value; default 200 ms
     */
    public Duration syncInterval() {
        return syncInterval;
    }

    /**
     * What the files may take; see {@link Builder#maxBytes}.
     *
     * @return bytes; default 1 GiB
     */
    public long maxBytes() {
        return maxBytes;
    }

    /**
     * How large a file is made; see {@link Builder#segmentBytes}.
     *
     * @return bytes; default 16 MiB
     */
    public int segmentBytes() {
        return segmentBytes;
    }

    /**
     * What happens at the bound; see {@link Builder#overflow}.
     *
     * @return the value; default {@link SpoolOverflow#STOP_SPILLING}
     */
    public SpoolOverflow overflow() {
        return overflow;
    }

    @Override
    public String toString() {
        return "SpoolSettings{directory=" + directory + ", mode=" + mode + ", sync=" + sync + ", syncInterval="
                + syncInterval + ", maxBytes=" + maxBytes + ", segmentBytes=" + segmentBytes + ", overflow=" + overflow
                + "}";
    }

    /**
     * Collects options; {@link #build()} checks them all.
     *
     * <p><b>Threads:</b> one thread at a time.
     */
    public static final class Builder {

        private final Path directory;
        private SpoolMode mode = DEFAULT_MODE;
        private SpoolSync sync = DEFAULT_SYNC;
        private Duration syncInterval = DEFAULT_SYNC_INTERVAL;
        private long maxBytes = DEFAULT_MAX_BYTES;
        private int segmentBytes = DEFAULT_SEGMENT_BYTES;
        private SpoolOverflow overflow = DEFAULT_OVERFLOW;

        private Builder(Path directory) {
            this.directory = directory;
        }

        /**
         * When batches are kept on disk. Default {@link SpoolMode#ON_OUTAGE}.
         *
         * @param mode the value
         * @return this
         */
        public Builder mode(SpoolMode mode) {
            this.mode = mode;
            return this;
        }

        /**
         * When writes are forced to the disk. Default {@link SpoolSync#INTERVAL}.
         *
         * @param sync the value
         * @return this
         */
        public Builder sync(SpoolSync sync) {
            this.sync = sync;
            return this;
        }

        /**
         * How long a write may wait to be forced with {@link SpoolSync#INTERVAL}. Default 200 ms; range 10 ms to 1 minute.
         *
         * @param syncInterval the value
         * @return this
         */
        public Builder syncInterval(Duration syncInterval) {
            this.syncInterval = syncInterval;
            return this;
        }

        /**
         * What the files may take, those that are set aside included. Default 1 GiB; range 2 segments to 1 TiB.
         *
         * @param maxBytes the value
         * @return this
         */
        public Builder maxBytes(long maxBytes) {
            this.maxBytes = maxBytes;
            return this;
        }

        /**
         * How large a file is made before anything is written into it. Default 16 MiB; range 64 KiB to 1 GiB. A batch that
         * does not fit has a file of its own.
         *
         * @param segmentBytes the value
         * @return this
         */
        public Builder segmentBytes(int segmentBytes) {
            this.segmentBytes = segmentBytes;
            return this;
        }

        /**
         * What happens when {@link #maxBytes} are used up. Default {@link SpoolOverflow#STOP_SPILLING}.
         *
         * @param overflow the value
         * @return this
         */
        public Builder overflow(SpoolOverflow overflow) {
            this.overflow = overflow;
            return this;
        }

        /**
         * Checks every option and makes the settings. Touches no disk.
         *
         * @return the settings
         * @throws IllegalArgumentException if an option is out of range; the message names the option, its value and
         *     the range
         */
        public SpoolSettings build() {
            OptionCheck.present(directory, "spool directory");
            OptionCheck.present(mode, "spool mode");
            OptionCheck.present(sync, "spool sync");
            OptionCheck.range(syncInterval, "spool syncInterval", Duration.ofMillis(10), Duration.ofMinutes(1));
            OptionCheck.range(segmentBytes, "spool segmentBytes", 64 * 1024, 1 << 30);
            OptionCheck.range(maxBytes, "spool maxBytes", 2L * segmentBytes, 1L << 40);
            OptionCheck.present(overflow, "spool overflow");
            return new SpoolSettings(this);
        }
    }
}

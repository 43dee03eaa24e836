package dev.penstock.benchmarks.peers;

import dev.penstock.benchmarks.support.ReferenceEvent;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/**
 * Log4j's asynchronous logger, all loggers asynchronous, with an appender that discards: the best known hand-over to a
 * Disruptor. It delivers nothing and formats nothing, so only the call can be compared. Its waits are its defaults; its ring,
 * where a call waits when it is full, is made as large as it was before garbage-free logging, so that it is not.
 */
final class Log4jLibrary implements CaptureLibrary {
    private static final String SELECTOR = "log4j2.contextSelector";
    private static final String RING = "log4j2.asyncLoggerRingBufferSize";
    private static final int RING_SLOTS = 262_144;

    private final Discarding appender = new Discarding();
    private final LoggerContext context;
    private final Logger logger;

    /** Counts. */
    private static final class Discarding extends AbstractAppender {
        private final AtomicLong taken = new AtomicLong();

        Discarding() {
            super("discarding", null, null, false, Property.EMPTY_ARRAY);
        }

        @Override
        public void append(LogEvent event) {
            taken.incrementAndGet();
        }
    }

    Log4jLibrary() {
        System.setProperty(SELECTOR, "org.apache.logging.log4j.core.async.AsyncLoggerContextSelector");
        System.setProperty(RING, Integer.toString(RING_SLOTS));
        context = (LoggerContext) LogManager.getContext(false);
        appender.start();
        LoggerConfig root = context.getConfiguration().getRootLogger();
        root.getAppenders().keySet().forEach(root::removeAppender);
        root.addAppender(appender, null, null);
        root.setLevel(Level.INFO);
        context.updateLoggers();
        logger = context.getLogger(Log4jLibrary.class.getName());
    }

    @Override
    public boolean capture(ReferenceEvent event) {
        logger.info(
                "ad_impression {} place={} ad={} geo={} dev={} sid={} pos={} seen={} bid={}",
                event.distinctId(),
                event.placement(),
                event.campaign(),
                event.country(),
                event.device(),
                event.sessionId(),
                event.position(),
                event.viewable(),
                event.price());
        return true;
    }

    @Override
    public long delivered() {
        return appender.taken.get();
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        context.stop();
    }
}

package dev.penstock.engine;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.ClientConfig;
import dev.penstock.client.ClientStats;
import dev.penstock.client.CloseReport;
import dev.penstock.client.FlushResult;
import dev.penstock.client.PropertyKey;
import dev.penstock.client.SelfCheckReport;
import dev.penstock.client.segment.Message;
import dev.penstock.client.segment.MessageBuilder;
import dev.penstock.client.segment.SegmentAnalytics;
import dev.penstock.client.segment.SegmentConfig;
import dev.penstock.engine.capture.EventKind;
import dev.penstock.engine.capture.EventPublisher;
import dev.penstock.engine.capture.ScratchPool;
import dev.penstock.engine.segment.MessageWriter;
import java.time.Duration;

/**
 * The Segment client: hands messages to a scratch, and flush, close and account to the parts that do them.
 *
 * <p><b>Threads:</b> any; see {@link SegmentAnalytics}.
 */
public final class SegmentEngine implements SegmentAnalytics {

    private final ClientConfig config;
    private final EngineCore core;
    private final ScratchPool scratches;
    private final EventPublisher publisher;
    private final MessageWriter messages;
    private final Lifecycle lifecycle;

    /**
     * What is done with all lanes at once.
     *
     * @param flusher has them send what they have
     * @param shutdown ends them
     * @param stats reads their account
     */
    record Lifecycle(Flusher flusher, Shutdown shutdown, StatsReader stats) {}

    SegmentEngine(ClientConfig config, EngineCore core, Channel channel, MessageWriter messages, Lifecycle lifecycle) {
        this.config = config;
        this.core = core;
        this.scratches = channel.scratches();
        this.publisher = channel.publisher();
        this.messages = messages;
        this.lifecycle = lifecycle;
    }

    /**
     * Makes and starts an engine.
     *
     * @param config the configuration
     * @return a started engine
     */
    public static SegmentEngine start(SegmentConfig config) {
        return new SegmentAssembly(config).start();
    }

    @Override
    public String name() {
        return config.name();
    }

    @Override
    public CaptureResult enqueue(Message message) {
        return messages.send(message);
    }

    @Override
    public MessageBuilder identify(String userId) {
        return scratches
                .acquire()
                .beginMessage(EventKind.MESSAGE_IDENTIFY, null)
                .userId(userId);
    }

    @Override
    public MessageBuilder track(String event) {
        return scratches.acquire().beginMessage(EventKind.MESSAGE_TRACK, event);
    }

    @Override
    public MessageBuilder page(String name) {
        return scratches.acquire().beginMessage(EventKind.MESSAGE_PAGE, name);
    }

    @Override
    public MessageBuilder screen(String name) {
        return scratches.acquire().beginMessage(EventKind.MESSAGE_SCREEN, name);
    }

    @Override
    public MessageBuilder group(String groupId) {
        return scratches.acquire().beginMessage(EventKind.MESSAGE_GROUP, groupId);
    }

    @Override
    public MessageBuilder alias() {
        return scratches.acquire().beginMessage(EventKind.MESSAGE_ALIAS, null);
    }

    @Override
    public PropertyKey propertyKey(String name) {
        return core.keys().register(name);
    }

    @Override
    public void setEnabled(boolean enabled) {
        core.gate().setEnabled(enabled);
    }

    @Override
    public boolean isEnabled() {
        return core.gate().refusal() == null;
    }

    @Override
    public void debug(boolean enabled) {
        core.errors().setDebug(enabled);
    }

    @Override
    public FlushResult flush(Duration timeout) {
        return lifecycle.shutdown().hasBegun()
                ? FlushResult.CLOSED
                : lifecycle.flusher().flush(timeout);
    }

    @Override
    public SelfCheckReport selfCheck(Duration timeout) {
        return new ClientSelfCheck(config, core.gate(), lifecycle.shutdown()::hasBegun).ofSegment(timeout);
    }

    @Override
    public CloseReport close(Duration timeout) {
        return lifecycle.shutdown().close(timeout);
    }

    @Override
    public void close() {
        lifecycle.shutdown().close(config.closeTimeout());
    }

    @Override
    public CloseReport discard() {
        return lifecycle.shutdown().discard();
    }

    @Override
    public long remainingCapacity() {
        return publisher.remainingCapacity();
    }

    @Override
    public ClientStats stats() {
        return lifecycle.stats().read();
    }

    @Override
    public String toString() {
        CaptureResult refusal = core.gate().refusal();
        return "SegmentEngine{name=" + config.name() + ", host=" + config.host() + ", "
                + (refusal == null ? "open" : refusal) + "}";
    }
}

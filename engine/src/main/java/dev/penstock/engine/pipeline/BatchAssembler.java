package dev.penstock.engine.pipeline;

import static dev.penstock.engine.record.RecordLayout.LONGS;

import dev.penstock.client.Outcome;
import dev.penstock.engine.encode.BodyWriter;
import dev.penstock.engine.encode.JsonOutput;
import dev.penstock.engine.encode.RecordEncoder;
import dev.penstock.engine.protocol.Protocol;
import dev.penstock.engine.record.RecordLayout;
import dev.penstock.engine.record.ShownText;
import dev.penstock.engine.ring.RecordHandler;
import dev.penstock.engine.stats.DistinctErrors;
import java.util.Arrays;

/**
 * Holds the open batch of a route: encodes each record into it and closes it by count and by bytes.
 *
 * <p>An event's JSON is made once, here; its length is therefore exact before it is added, and a batch never exceeds its
 * limit by a byte. An event larger than the limit travels alone; one over the event limit is refused.
 *
 * <p><b>Threads:</b> only the pipeline thread.
 */
final class BatchAssembler implements RecordHandler {

    private static final int MAX_SHOWN_NAME = 100;
    private static final String NOT_BUILT = "batch could not be built";

    private final RecordEncoder encoder;
    private final BodyWriter writer;
    private final BatchCutter cutter;
    private final BatchDelivery delivery;
    private final LaneCounters counters;
    private final DistinctErrors errors;
    private final int maxEvents;
    private final int maxBytes;
    private final int maxEventBytes;
    private final int headLength;
    private final byte[] tail;
    private final JsonOutput json = new JsonOutput(4 * 1024);

    private final IndexStorage index;
    private int[] starts;
    private long[] uuids;

    /** Of the record at hand. */
    private final long[] uuid = new long[2];

    private int events;
    private int eventBytes;

    /** Whether the record at hand is accounted for by a batch. */
    private boolean appended;

    private long openedNs;
    private long nowNs;

    BatchAssembler(Route route, BatchDelivery delivery, Reports reports, BatchLimits limits) {
        Protocol protocol = route.protocol();
        this.encoder = route.encoder();
        this.writer = route.bodyWriters().get();
        this.cutter = new BatchCutter(protocol, route.bodyWriters());
        this.delivery = delivery;
        this.counters = reports.counters();
        this.errors = reports.errors();
        this.maxEvents = limits.maxEvents();
        this.maxBytes = limits.maxBytes();
        this.maxEventBytes = limits.maxEventBytes();
        this.headLength = protocol.headLength();
        this.tail = protocol.tail();
        this.index = new IndexStorage(maxEvents);
        this.starts = index.takeStarts();
        this.uuids = index.takeUuids();
    }

    /** The time that events of this turn open a batch at. */
    void setTime(long ns) {
        nowNs = ns;
    }

    @Override
    public boolean onRecord(byte[] bytes, int offset, int length, Object[] references, int at) {
        json.clear();
        uuid[0] = (long) LONGS.get(bytes, offset + RecordLayout.UUID_HIGH);
        uuid[1] = (long) LONGS.get(bytes, offset + RecordLayout.UUID_LOW);
        try {
            encoder.encode(bytes, offset, references, at, json);
        } catch (Throwable e) {
            delivery.giveUp(uuid, 1, Outcome.REFUSED, "could not be encoded");
            errors.warn("record not encoded", "an event could not be encoded and is refused: " + ShownText.of(e), e);
            return delivery.hasRoom();
        }
        appended = false;
        try {
            if (json.length() > maxEventBytes) {
                refuseTooLarge(bytes, offset);
            } else {
                add();
            }
        } catch (Throwable e) {
            if (!appended) {
                delivery.giveUp(uuid, 1, Outcome.DISCARDED, NOT_BUILT);
            }
            abandon(e);
        }
        return delivery.hasRoom();
    }

    /** Memory may end anywhere: a batch that cannot be built on is given up, and counted. */
    private void abandon(Throwable e) {
        int given = events;
        events = 0;
        counters.add(LaneCounters.Figure.OPEN_EVENTS, -given);
        delivery.giveUp(uuids, given, Outcome.DISCARDED, NOT_BUILT);
        errors.warn(
                "batch abandoned",
                "a batch could not be built and its events are discarded, " + given + " of them: " + ShownText.of(e),
                e);
    }

    private void add() {
        int length = json.length();
        if (events > 0 && headLength + eventBytes + 1 + length + tail.length > maxBytes) {
            seal();
        }
        append();
        if (events == maxEvents || headLength + eventBytes + tail.length >= maxBytes) {
            seal();
        }
    }

    private void append() {
        int length = json.length();
        if (events == 0) {
            writer.begin(delivery.takeStorage(), headLength);
            eventBytes = 0;
            openedNs = nowNs;
            writer.append(json);
        } else {
            writer.appendNext(json);
            eventBytes++;
        }
        starts[events] = eventBytes;
        uuids[2 * events] = uuid[0];
        uuids[2 * events + 1] = uuid[1];
        eventBytes += length;
        events++;
        appended = true;
        counters.add(LaneCounters.Figure.OPEN_EVENTS, 1);
    }

    private void refuseTooLarge(byte[] record, int offset) {
        errors.warn(
                "event over the limit",
                describe(record, offset) + " of " + json.length() + " bytes is over the limit of " + maxEventBytes
                        + " and is refused",
                null);
        delivery.refuse(alone(), "event of " + json.length() + " bytes is over the limit");
    }

    /** With its name, where that is an event's; other names are content, or say who somebody is. */
    private static String describe(byte[] record, int offset) {
        byte kind = record[offset + RecordLayout.KIND];
        if (kind == RecordLayout.KIND_LOG) {
            return "a log record";
        }
        if (RecordLayout.isMessage(kind) && kind != RecordLayout.KIND_MESSAGE_TRACK) {
            return "a message";
        }
        return "event \"" + ShownText.of(RecordLayout.name(record, offset), MAX_SHOWN_NAME) + '"';
    }

    /** A batch of the event at hand, beside the open one, that nobody is going to send. */
    private Batch alone() {
        BodyWriter unsent = BodyWriter.plain();
        unsent.begin(new byte[json.length()], 0);
        unsent.append(json.bytes(), 0, json.length());
        Batch batch = new Batch(
                cutter,
                delivery.nextFlushId(),
                new RequestBudget(),
                unsent.finish(),
                new int[] {0, json.length() + 1},
                uuid.clone());
        appended = true;
        counters.add(LaneCounters.Figure.IN_FLIGHT_EVENTS, 1);
        return batch;
    }

    /** Closes the open batch, if there is one, and hands it on. */
    void seal() {
        if (events > 0) {
            Batch batch;
            try {
                batch = closed();
            } catch (Throwable e) {
                abandon(e);
                return;
            }
            delivery.add(batch);
        }
    }

    private Batch closed() {
        writer.append(tail, 0, tail.length);
        starts[events] = eventBytes + 1;
        // A full batch takes the arrays along, any other a copy of what it needs of them.
        boolean full = events == maxEvents;
        int[] otherStarts = full ? index.takeStarts() : Arrays.copyOf(starts, events + 1);
        long[] otherUuids = full ? index.takeUuids() : Arrays.copyOf(uuids, 2 * events);
        Batch batch = new Batch(
                cutter,
                delivery.takeFlushId(),
                new RequestBudget(),
                writer.finish(),
                full ? starts : otherStarts,
                full ? uuids : otherUuids);
        if (full) {
            batch.borrowed(index);
            starts = otherStarts;
            uuids = otherUuids;
        }
        counters.add(LaneCounters.Figure.IN_FLIGHT_EVENTS, events);
        counters.add(LaneCounters.Figure.OPEN_EVENTS, -events);
        events = 0;
        return batch;
    }

    boolean isEmpty() {
        return events == 0;
    }

    /** When the open batch was opened. */
    long openedNs() {
        return openedNs;
    }

    /** Gives back native memory. */
    void close() {
        writer.close();
        cutter.close();
    }
}

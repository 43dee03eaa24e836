package dev.penstock.engine.encode;

import dev.penstock.engine.deflate.EventDeflater;
import java.util.zip.Checksum;

/**
 * Compresses bodies while they grow, event by event, with a deflater that is told where the values are.
 */
final class EventDeflatedBodyWriter implements BodyWriter {

    private final Framing framing;
    private final Checksum sum;
    private final EventDeflater deflater;

    private int headLength;
    private int eventsLength;

    EventDeflatedBodyWriter(Framing framing) {
        this.framing = framing;
        this.sum = framing.newChecksum();
        this.deflater = new EventDeflater(sum);
    }

    @Override
    public void begin(byte[] storage, int envelopeHead) {
        headLength = envelopeHead;
        eventsLength = 0;
        deflater.begin(storage, DeflatedBody.eventsAt(framing, envelopeHead));
    }

    @Override
    public void append(byte[] json, int offset, int count) {
        deflater.append(json, offset, count);
        eventsLength += count;
    }

    @Override
    public void append(JsonOutput event) {
        deflater.appendEvent(event.bytes(), event.length(), event.marks());
        eventsLength += event.length();
    }

    @Override
    public void appendNext(JsonOutput event) {
        deflater.appendSeparator((byte) ',');
        eventsLength++;
        append(event);
    }

    @Override
    public Body finish() {
        int length = deflater.finish() + framing.trailerLength(); // there is room for 8 bytes
        return new DeflatedBody(framing, deflater.bytes(), length, headLength, eventsLength, (int) sum.getValue());
    }

    @Override
    public void close() {
        deflater.close();
    }
}

package dev.penstock.engine.segment;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.segment.AliasMessage;
import dev.penstock.client.segment.GroupMessage;
import dev.penstock.client.segment.IdentifyMessage;
import dev.penstock.client.segment.Message;
import dev.penstock.client.segment.PageMessage;
import dev.penstock.client.segment.Properties;
import dev.penstock.client.segment.ScreenMessage;
import dev.penstock.client.segment.TrackMessage;
import dev.penstock.client.segment.Traits;
import dev.penstock.engine.capture.EventKind;
import dev.penstock.engine.capture.EventScratch;
import dev.penstock.engine.capture.ScratchPool;
import java.util.Map;

/**
 * Turns a typed message into a record and sends it.
 *
 * <p><b>Threads:</b> any. <b>Allocation:</b> none but the iterators of the message's maps.
 */
public final class MessageWriter {

    private final ScratchPool scratches;

    /**
     * Makes a writer.
     *
     * @param scratches lends scratches
     */
    public MessageWriter(ScratchPool scratches) {
        this.scratches = scratches;
    }

    /**
     * Sends a message.
     *
     * @param message the message, or null
     * @return what became of it
     */
    public CaptureResult send(Message message) {
        EventScratch scratch = scratches.acquire();
        if (message == null) {
            return scratch.beginMessage(EventKind.MESSAGE_TRACK, null)
                    .reject("a message that is null is dropped")
                    .send();
        }
        begin(message, scratch);
        scratch.userId(message.userId())
                .anonymousId(message.anonymousId())
                .messageId(message.messageId())
                .timestamp(message.timestamp())
                .context(message.context())
                .integrations(message.integrations());
        return scratch.send();
    }

    private static void begin(Message message, EventScratch scratch) {
        if (message instanceof TrackMessage track) {
            scratch.beginMessage(EventKind.MESSAGE_TRACK, track.event()).putAll(values(track.properties()));
        } else if (message instanceof IdentifyMessage identify) {
            scratch.beginMessage(EventKind.MESSAGE_IDENTIFY, null).putAll(values(identify.traits()));
        } else if (message instanceof PageMessage page) {
            scratch.beginMessage(EventKind.MESSAGE_PAGE, page.name())
                    .category(page.category())
                    .putAll(values(page.properties()));
        } else if (message instanceof ScreenMessage screen) {
            scratch.beginMessage(EventKind.MESSAGE_SCREEN, screen.name())
                    .category(screen.category())
                    .putAll(values(screen.properties()));
        } else if (message instanceof GroupMessage group) {
            scratch.beginMessage(EventKind.MESSAGE_GROUP, group.groupId()).putAll(values(group.traits()));
        } else if (message instanceof AliasMessage alias) {
            scratch.beginMessage(EventKind.MESSAGE_ALIAS, alias.previousId());
        }
    }

    private static Map<String, ?> values(Traits traits) {
        return traits == null ? null : traits.asMap();
    }

    private static Map<String, ?> values(Properties properties) {
        return properties == null ? null : properties.asMap();
    }
}

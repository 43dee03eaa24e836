package dev.penstock.collector;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The verdict on each event of one request that is taken, and the answer that says so. One thread at a time. */
final class EventResults {
    /** Nothing to say of any event. */
    static final EventResults NONE = new EventResults(new BatchContents(), Optional.empty(), List.of());

    private final BatchContents contents;
    private final EventVerdict[] verdicts;
    private final int strangers;
    private boolean keepsAll = true;
    private boolean asksAgain;

    /**
     * Makes the verdicts.
     *
     * @param contents must last as long as the results
     * @param scripted what was scripted; the events are needed then only
     */
    EventResults(BatchContents contents, Optional<EventVerdicts> scripted, List<ReceivedEvent> events) {
        this.contents = contents;
        verdicts = new EventVerdict[contents.count()];
        strangers = scripted.map(EventVerdicts::strangers).orElse(0);
        asksAgain = strangers > 0;
        for (int i = 0; i < verdicts.length; i++) {
            verdicts[i] = contents.isRefused(i) ? EventVerdict.INVALID : verdict(scripted, i, events);
            keepsAll &= verdicts[i].keeps();
            asksAgain |= verdicts[i].asksAgain();
        }
    }

    private static EventVerdict verdict(Optional<EventVerdicts> scripted, int index, List<ReceivedEvent> events) {
        return scripted.isPresent() ? scripted.get().on(index, events.get(index)) : EventVerdict.OK;
    }

    boolean keepsAll() {
        return keepsAll;
    }

    boolean keeps(int event) {
        return verdicts[event].keeps();
    }

    boolean asksAgain() {
        return asksAgain;
    }

    /** The answer's body. */
    String json() {
        StringBuilder json = new StringBuilder(32 + 64 * (verdicts.length + strangers)).append("{\"results\":{");
        int first = json.length();
        for (int i = 0; i < strangers; i++) {
            append(json, first, new UUID(0x5eed_0000_0000_7000L, 0x8000_0000_0000_0000L + i), EventVerdict.RETRY);
        }
        for (int i = 0; i < verdicts.length; i++) {
            if (!verdicts[i].isLeftOut()) {
                append(json, first, contents.uuid(i), verdicts[i]);
            }
        }
        return json.append("}}").toString();
    }

    private static void append(StringBuilder json, int first, UUID uuid, EventVerdict verdict) {
        if (json.length() > first) {
            json.append(',');
        }
        json.append('"').append(uuid).append("\":{\"result\":\"").append(quoted(verdict.result()));
        verdict.details().ifPresent(details -> json.append("\",\"details\":\"").append(quoted(details)));
        json.append("\"}");
    }

    private static String quoted(String text) {
        return String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text));
    }
}

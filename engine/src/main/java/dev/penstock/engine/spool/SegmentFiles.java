package dev.penstock.engine.spool;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Open files, a few at a time: a spool may have more segments than a process may have files.
 *
 * <p><b>Threads:</b> only the spool's thread.
 */
final class SegmentFiles {

    private static final int MAX_OPEN = 8;

    private final LinkedHashMap<Long, SegmentFile> open = new LinkedHashMap<>(2 * MAX_OPEN, 0.75f, true);
    private final SpoolSurroundings spool;

    SegmentFiles(SpoolSurroundings spool) {
        this.spool = spool;
    }

    SegmentFile of(SpoolSegment segment) throws IOException {
        SegmentFile file = open.get(segment.number());
        if (file == null) {
            file = spool.disk().open(segment.name());
            if (open.size() >= MAX_OPEN) {
                Map.Entry<Long, SegmentFile> eldest = open.entrySet().iterator().next();
                open.remove(eldest.getKey());
                close(eldest.getValue());
            }
            open.put(segment.number(), file);
        }
        return file;
    }

    void close(SpoolSegment segment) {
        SegmentFile file = open.remove(segment.number());
        if (file != null) {
            close(file);
        }
    }

    void closeAll() {
        List<SegmentFile> files = new ArrayList<>(open.values());
        open.clear();
        files.forEach(this::close);
    }

    private void close(SegmentFile file) {
        try {
            file.close();
        } catch (IOException e) {
            spool.warn("file not closed", "has a file that could not be closed: " + e, e);
        }
    }
}

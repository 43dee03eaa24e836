package dev.penstock.engine.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * Looks at a spool without owning it: changes nothing, and works while a client has it open.
 *
 * <p><b>Threads:</b> {@link #read} from any. <b>Allocation:</b> an entry for each record of one file at a time.
 */
public final class SpoolInspection {

    private final SpoolDisk disk;
    private final SegmentScan scan = new SegmentScan(new FileWindow());
    private final List<SegmentReport> segments = new ArrayList<>();
    private final Map<Integer, Long> eventsByProtocol = new TreeMap<>();
    private boolean newestSeen;

    private SpoolInspection(SpoolDisk disk) {
        this.disk = disk;
    }

    /**
     * Reads all files of a spool once. A client that wants to open the directory in the very moment in which this asks
     * whether one has it, waits for up to 150 ms.
     *
     * @param directory the spool's directory
     * @return what is in it
     * @throws IOException if it is no directory or cannot be read
     */
    public static SpoolReport read(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw Files.exists(directory)
                    ? new NotDirectoryException(directory.toString())
                    : new NoSuchFileException(directory.toString());
        }
        Path real = directory.toRealPath();
        boolean inUse = DirectoryLock.isTaken(real);
        return new SpoolInspection(FileDisk.readOnly(real)).report(inUse);
    }

    private SpoolReport report(boolean inUse) throws IOException {
        List<String> names = disk.names().stream().sorted().toList();
        List<String> files = names.stream()
                .filter(name -> SegmentName.number(name) != SegmentName.NO_NUMBER)
                .toList();
        for (int i = files.size() - 1; i >= 0; i--) {
            look(files.get(i));
        }
        Collections.reverse(segments);
        return new SpoolReport(
                inUse,
                sum(SegmentReport::events),
                sum(SegmentReport::records),
                sum(SegmentReport::bytes) + disk.bytesSetAside(),
                sum(SegmentReport::tornBytes),
                sum(SegmentReport::damagedRecords),
                segments.stream()
                        .map(SegmentReport::oldest)
                        .filter(Objects::nonNull)
                        .min(Instant::compareTo)
                        .orElse(null),
                segments.stream()
                        .map(SegmentReport::newest)
                        .filter(Objects::nonNull)
                        .max(Instant::compareTo)
                        .orElse(null),
                segments,
                names.stream().filter(SegmentName::isForeign).toList(),
                eventsByProtocol,
                disk.namesSetAside().stream().sorted().toList());
    }

    private long sum(ToLongFunction<SegmentReport> figure) {
        return segments.stream().mapToLong(figure).sum();
    }

    /** Looks at a file that is older than all before it. */
    private void look(String name) throws IOException {
        if (!disk.isFile(name)) {
            segments.add(new SegmentReport(name, 0, 0, 0, 0, 0, 0, null, null, SegmentReport.Condition.FOREIGN));
            return;
        }
        try (SegmentFile file = disk.open(name)) {
            SegmentScan.Result result = scan.scan(file, SegmentName.number(name), !newestSeen);
            newestSeen |= !result.isForeign();
            segments.add(report(name, file.size(), result));
        } catch (NoSuchFileException e) {
            newestSeen = true; // the client that has the directory open is done with it
        }
    }

    private SegmentReport report(String name, long bytes, SegmentScan.Result result) {
        List<SegmentScan.Frame> open = result.frames().stream()
                .filter(frame -> frame.isOpen() && frame.isWhole())
                .toList();
        long acknowledged = result.frames().stream()
                .filter(frame -> frame.mark() == FrameHead.ACKNOWLEDGED)
                .count();
        long events = 0;
        Instant oldest = null;
        Instant newest = null;
        for (SegmentScan.Frame frame : open) {
            FrameHead head = frame.head();
            events += head.events();
            eventsByProtocol.merge(head.protocol(), (long) head.events(), Long::sum);
            newest = Instant.ofEpochMilli(head.epochMs());
            oldest = oldest == null ? newest : oldest;
        }
        return new SegmentReport(
                name,
                bytes,
                open.size(),
                events,
                acknowledged,
                result.frames().size() - acknowledged - open.size(),
                result.tornBytes(),
                oldest,
                newest,
                condition(result));
    }

    private static SegmentReport.Condition condition(SegmentScan.Result result) {
        if (result.kind() == SegmentHeader.Kind.NEWER) {
            return SegmentReport.Condition.NEWER;
        }
        if (result.isForeign()) {
            return SegmentReport.Condition.FOREIGN;
        }
        if (result.isDamaged()) {
            return SegmentReport.Condition.DAMAGED;
        }
        return result.isCut() ? SegmentReport.Condition.TORN : SegmentReport.Condition.GOOD;
    }
}

package dev.penstock.engine.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolInspectionTest {

    @TempDir
    Path directory;

    private SpoolFixture open() {
        return new SpoolFixture(SpoolFixture.settings(directory).build());
    }

    @Test
    void shouldReportWhatIsNotAcknowledged() throws Exception {
        Instant before = Instant.ofEpochMilli(System.currentTimeMillis());
        Map<Integer, Long> byProtocol = new TreeMap<>();
        SpoolFixture spool = open();
        for (int i = 0; i < 20; i++) {
            SpoolRecord record = Records.of(i, 1 + i, 10_000);
            long id = spool.append(record).id();
            if (i % 4 == 1) {
                spool.spool().acknowledge(id);
            } else {
                byProtocol.merge(record.protocol(), (long) record.count(), Long::sum);
            }
        }
        spool.settle();
        long events = byProtocol.values().stream().mapToLong(Long::longValue).sum();
        SpoolReport live = SpoolInspection.read(directory);
        assertThat(live.inUse()).isTrue();
        assertThat(live.records()).isEqualTo(15);
        assertThat(live.events()).isEqualTo(events);
        assertThat(live.bytes()).isEqualTo(spool.counters().bytes());
        spool.close();

        SpoolReport report = SpoolInspection.read(directory);

        assertThat(report.inUse()).isFalse();
        assertThat(report.records()).isEqualTo(15);
        assertThat(report.events()).isEqualTo(events);
        assertThat(report.eventsByProtocol()).isEqualTo(byProtocol);
        assertThat(report.tornBytes()).isZero();
        assertThat(report.damagedRecords()).isZero();
        assertThat(report.foreign()).isEmpty();
        assertThat(report.setAside()).isEmpty();
        assertThat(report.oldest()).isBetween(before, report.newest());
        assertThat(report.newest()).isBetween(before, Instant.now());
        assertThat(report.segments())
                .hasSizeGreaterThan(2)
                .allMatch(segment -> segment.condition() == SegmentReport.Condition.GOOD);
        assertThat(report.bytes())
                .isEqualTo(report.segments().stream()
                        .mapToLong(SegmentReport::bytes)
                        .sum());
    }

    @Test
    void shouldSayThatAnEmptySpoolIsEmpty() throws Exception {
        SpoolReport report = SpoolInspection.read(directory);

        assertThat(report.records()).isZero();
        assertThat(report.events()).isZero();
        assertThat(report.bytes()).isZero();
        assertThat(report.oldest()).isNull();
        assertThat(report.newest()).isNull();
        assertThat(report.segments()).isEmpty();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void shouldTellWhatIsWrongWithFilesAndChangeNothing() throws Exception {
        SpoolFixture spool = open();
        for (int i = 0; i < 6; i++) {
            spool.append(Records.of(i, 2, 30_000)).id();
        }
        spool.close();
        flip(1, SegmentHeader.BYTES + FrameHead.frameBytes(Records.of(0, 2, 30_000)) - 1);
        int torn = 20_000;
        Path last = directory.resolve(SegmentName.of(3));
        try (var file = Files.newByteChannel(last, StandardOpenOption.WRITE)) {
            file.truncate(file.size() - torn);
        }
        Files.writeString(
                directory.resolve(SegmentName.of(0)), "not a segment at all, but long enough to be looked at twice");
        Files.createSymbolicLink(directory.resolve(SegmentName.of(2_000_000_000)), last);
        Files.writeString(directory.resolve("notes.txt"), "of somebody");
        String before = content();

        SpoolReport report = SpoolInspection.read(directory);

        assertThat(report.damagedRecords()).isEqualTo(1);
        assertThat(report.records()).isEqualTo(4);
        assertThat(report.events()).isEqualTo(8);
        assertThat(report.foreign()).containsExactly("notes.txt");
        assertThat(report.segments())
                .extracting(SegmentReport::condition)
                .containsExactly(
                        SegmentReport.Condition.FOREIGN,
                        SegmentReport.Condition.DAMAGED,
                        SegmentReport.Condition.GOOD,
                        SegmentReport.Condition.TORN,
                        SegmentReport.Condition.FOREIGN);
        assertThat(report.tornBytes()).isPositive();
        assertThat(content()).isEqualTo(before);
    }

    private void flip(long number, long at) throws Exception {
        Path path = directory.resolve(SegmentName.of(number));
        byte[] bytes = Files.readAllBytes(path);
        bytes[(int) at] ^= 1;
        Files.write(path, bytes);
    }

    private String content() throws Exception {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.sorted().toList()) {
                all.append(file)
                        .append(Files.size(file))
                        .append(Files.getLastModifiedTime(file))
                        .append('\n');
            }
        }
        return all.toString();
    }

    @Test
    void shouldRefuseWhatIsNoDirectory() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");

        assertThatThrownBy(() -> SpoolInspection.read(file)).isInstanceOf(NotDirectoryException.class);
        assertThatThrownBy(() -> SpoolInspection.read(directory.resolve("missing")))
                .isInstanceOf(NoSuchFileException.class);
    }
}

package dev.penstock.engine.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.penstock.client.SpoolSettings;
import dev.penstock.engine.stats.DistinctErrors;
import dev.penstock.engine.testing.Await;
import dev.penstock.engine.testing.RecordingLogger;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolDirectoryTest {

    @TempDir
    Path parent;

    private Path directory;

    @BeforeEach
    void name() {
        directory = parent.resolve("made/for/it");
    }

    private SpoolFixture open() {
        return open(directory);
    }

    private static SpoolFixture open(Path where) {
        return new SpoolFixture(SpoolFixture.settings(where).build());
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void shouldMakeTheDirectoryAndLetItsOwnerAloneReadWhatIsInIt() throws Exception {
        try (SpoolFixture spool = open()) {
            spool.append(Records.of(1, 2, 100)).id();

            assertThat(permissions(directory)).isEqualTo("rwx------");
            assertThat(permissions(directory.getParent())).isEqualTo("rwx------");
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    assertThat(permissions(file)).as("%s", file).isEqualTo("rw-------");
                }
            }
            assertThat(spool.warnings()).isEmpty();
        }
    }

    @Test
    void shouldTightenADirectoryThatOthersMayReadAndSayIt() throws Exception {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-x---"));
        try (SpoolFixture spool = open()) {
            assertThat(permissions(directory)).isEqualTo("rwx------");
            assertThat(spool.warnings()).singleElement().asString().contains("was open to other users");
        }
    }

    @Test
    void shouldLeaveThePermissionsOfADirectoryThatHoldsOtherFiles() throws Exception {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(directory.resolve("notes.txt"), "of somebody");
        try (SpoolFixture spool = open()) {
            assertThat(permissions(directory)).isEqualTo("rwxr-xr-x");
            assertThat(spool.warnings())
                    .anyMatch(line -> line.contains("is open to other users and holds other files"))
                    .anyMatch(line -> line.contains("leaves them alone: notes.txt"));
        }
    }

    @Test
    void shouldMakeTheDirectoryForFilesSetAsidePrivate() throws Exception {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve(SegmentName.of(1)), "garbage");
        try (SpoolFixture spool = open()) {
            Path aside = directory.resolve("set-aside");
            assertThat(permissions(aside)).isEqualTo("rwx------");
            assertThat(aside.resolve("spool-0000000001.segment.damaged")).hasContent("garbage");
            assertThat(spool.counters().bytes()).isEqualTo(7);
        }
    }

    @Test
    void shouldNeverReplaceAFileThatWasSetAside() throws Exception {
        Files.createDirectories(directory);
        for (String content : new String[] {"one", "two", "three"}) {
            Files.writeString(directory.resolve(SegmentName.of(1)), content);
            open().close();
        }

        Path aside = directory.resolve("set-aside");
        assertThat(aside.resolve("spool-0000000001.segment.damaged")).hasContent("one");
        assertThat(aside.resolve("spool-0000000001.segment.1.damaged")).hasContent("two");
        assertThat(aside.resolve("spool-0000000001.segment.2.damaged")).hasContent("three");
        assertThat(SpoolInspection.read(directory).setAside()).hasSize(3);
    }

    @Test
    void shouldFollowALinkToADirectoryButNoLinkInIt() throws Exception {
        Path real = Files.createDirectory(parent.resolve("real"));
        Path link = Files.createSymbolicLink(parent.resolve("link"), real);
        Path secret = Files.writeString(parent.resolve("secret"), "of somebody");
        Files.createSymbolicLink(real.resolve(SegmentName.of(3)), secret);
        Files.createDirectory(real.resolve(SegmentName.of(4)));
        try (SpoolFixture spool = open(link)) {
            spool.append(Records.of(1, 2, 100)).id();

            assertThat(real.resolve(SegmentName.of(5))).exists();
            assertThat(real.resolve("set-aside")).isDirectoryContaining("glob:**.damaged");
            assertThat(spool.counters().filesSetAside()).isEqualTo(2);
            assertThatThrownBy(() -> open(real)).isInstanceOf(SpoolException.class);
        }
        assertThat(secret).hasContent("of somebody");
    }

    @Test
    void shouldRefuseASecondClientOfThisProcessAndKeepTheFirstOnesLock() throws Exception {
        SpoolFixture spool = open();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(SpoolException.class)
                    .hasMessageContaining(directory.toRealPath() + " is in use by another client of this process: ");
        }
        assertThat(lockFromAnotherProcess()).contains("in use by another process (" + processId() + ")");
        spool.close();

        open().close();
        assertThat(lockFromAnotherProcess()).contains("opened");
    }

    private static String processId() {
        return Long.toString(ProcessHandle.current().pid());
    }

    @Test
    void shouldRefuseASecondProcess() throws Exception {
        Files.createDirectories(directory);
        Process other = start(OtherProcess.class, directory.toString(), "hold");
        try (InputStream said = other.getInputStream()) {
            assertThat(said.read()).isEqualTo('o');

            assertThatThrownBy(this::open)
                    .isInstanceOf(SpoolException.class)
                    .hasMessageContainingAll(
                            "is in use by another process (" + other.pid() + ")",
                            "stop that one or give this client a directory of its own");
            assertThat(SpoolInspection.read(directory).inUse()).isTrue();
        } finally {
            other.destroyForcibly().waitFor();
        }
        open().close();
        assertThat(SpoolInspection.read(directory).inUse()).isFalse();
    }

    private String lockFromAnotherProcess() throws Exception {
        Process other = start(OtherProcess.class, directory.toString(), "try");
        try (InputStream said = other.getInputStream()) {
            return new String(said.readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            other.destroyForcibly().waitFor();
        }
    }

    private static Process start(Class<?> main, String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName());
        builder.command().addAll(List.of(arguments));
        return builder.redirectErrorStream(true).start();
    }

    /** Opens a spool in a process of its own, says how that went, and holds it until it is killed. */
    static final class OtherProcess {

        private OtherProcess() {}

        /** Takes the directory and whether to hold it. */
        public static void main(String[] arguments) throws Exception {
            System.out.println(open(arguments[0]));
            System.out.flush();
            if (arguments[1].equals("hold")) {
                Thread.sleep(60_000);
            }
            Runtime.getRuntime().halt(0);
        }

        static String open(String directory) {
            DistinctErrors errors = new DistinctErrors(() -> new RecordingLogger(), "other", 0, null);
            try {
                Spool.open(
                        SpoolSettings.builder(Path.of(directory)).build(),
                        task -> {
                            Thread thread = new Thread(task);
                            thread.setDaemon(true);
                            return thread;
                        },
                        errors,
                        (ids, events, reason) -> {});
                return "opened";
            } catch (SpoolException e) {
                return e.getMessage();
            }
        }

        static boolean isInUse(String directory) throws IOException {
            return SpoolInspection.read(Path.of(directory)).inUse();
        }
    }

    @Test
    void shouldRefuseAClientOfAnotherClassLoaderAndKeepTheFirstOnesLock() throws Exception {
        SpoolFixture spool = open();
        Class<?> other = loadAgain(OtherProcess.class);
        for (int i = 0; i < 2; i++) {
            assertThat(call(other, "isInUse")).isEqualTo(true);
            assertThat((String) call(other, "open")).contains("in use by another client of this process");
            System.gc(); // what is not kept on purpose is closed now
            assertThat(lockFromAnotherProcess()).contains("in use by another process");
        }
        spool.close();

        assertThat(call(other, "isInUse")).isEqualTo(false);
        assertThat(call(other, "open")).isEqualTo("opened");
        assertThatThrownBy(this::open)
                .isInstanceOf(SpoolException.class)
                .hasMessageContaining("in use by another client of this process");
        assertThat(lockFromAnotherProcess()).contains("in use by another process");
    }

    private Object call(Class<?> type, String method) throws Exception {
        Method found = type.getDeclaredMethod(method, String.class);
        found.setAccessible(true);
        return found.invoke(null, directory.toString());
    }

    private static Class<?> loadAgain(Class<?> type) throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        ClassLoader loader = new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        return loader.loadClass(type.getName());
    }

    @Test
    void shouldOpenWhileTheCallerIsInterruptedAndStayInterrupted() {
        Thread.currentThread().interrupt();
        SpoolDisk disk =
                SpoolDirectory.open(directory, new DistinctErrors(() -> new RecordingLogger(), "test", 0, null));
        assertThat(Thread.interrupted()).isTrue();

        assertThatThrownBy(this::open).isInstanceOf(SpoolException.class);
        assertThat(disk).satisfies(open -> open.close());
        open().close();
    }

    @Test
    void shouldRefuseWhatIsNoDirectory() throws Exception {
        Path file = Files.writeString(parent.resolve("file"), "x");

        assertThatThrownBy(() -> open(file))
                .isInstanceOf(SpoolException.class)
                .hasMessage("the spool " + file + " is not a directory: name another place, or move that file away");
        assertThatThrownBy(() -> open(file.resolve("below")))
                .isInstanceOf(SpoolException.class)
                .hasMessageContaining("cannot be written");
        assertThat(file).hasContent("x");
    }

    @Test
    void shouldRefuseADirectoryThatCannotBeWritten() throws Exception {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
        assumeTrue(!Files.isWritable(directory), "a user who may write everywhere sees no such directory");

        assertThatThrownBy(this::open)
                .isInstanceOf(SpoolException.class)
                .hasMessageContainingAll("cannot be written", "let the process's user own it");
    }

    @Test
    void shouldRefuseADirectoryOnAFileSystemThatCannotBeWritten() {
        Path proc = Path.of("/proc");
        assumeTrue(Files.isDirectory(proc.resolve("self")), "needs a file system that takes no files");

        assertThatThrownBy(() -> open(proc.resolve("spool")))
                .isInstanceOf(SpoolException.class)
                .hasMessageContaining("/proc/spool cannot be written");
        assertThatThrownBy(() -> open(proc))
                .isInstanceOf(SpoolException.class)
                .hasMessageContaining("/proc cannot be written");
    }

    @Test
    void shouldGiveTheDirectoryBackWhenThereIsNoThread() {
        AtomicBoolean asked = new AtomicBoolean();
        assertThatThrownBy(() -> Spool.open(
                        SpoolFixture.settings(directory).build(),
                        task -> {
                            asked.set(true);
                            throw new IllegalStateException("no thread");
                        },
                        new DistinctErrors(() -> new RecordingLogger(), "test", 0, null),
                        (ids, events, reason) -> {}))
                .hasMessage("no thread");
        assertThat(asked).isTrue();

        open().close();
    }

    @Test
    void shouldSurviveThatSomebodyTakesTheDirectoryAway() throws Exception {
        try (SpoolFixture spool = open()) {
            long first = spool.append(Records.of(1, 2, 60_000)).id();
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(directory);

            assertThat(spool.append(Records.of(2, 3, 60_000)).reason()).contains("cannot make a file");
            spool.spool().release(first, 2, 0);
            Await.until(
                    () -> spool.take().record() != null || !spool.losses.all().isEmpty(), "the record ends");
        }
    }
}

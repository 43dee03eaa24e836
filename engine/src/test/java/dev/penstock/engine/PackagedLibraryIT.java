package dev.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.collector.Collector;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Starts the packaged jars as an application would, on every JDK of this machine, without a single JVM option. */
class PackagedLibraryIT {

    private static final String CONSUMER = """
            import dev.penstock.client.CaptureClient;
            import dev.penstock.client.CaptureClients;
            import dev.penstock.client.ClientConfig;
            import dev.penstock.client.flags.FlagContext;
            import dev.penstock.client.segment.Properties;
            import dev.penstock.client.segment.SegmentAnalytics;
            import dev.penstock.client.segment.SegmentClients;
            import dev.penstock.client.segment.SegmentConfig;
            import dev.penstock.client.segment.TrackMessage;
            import java.nio.file.Path;
            import java.time.Duration;
            import java.util.Map;

            public class Consumer {
                public record Item(String sku, double price) {}
                public static class Pojo { public String name = "p"; public double ratio = 0.5; }

                public static void main(String[] args) {
                    ClientConfig config = ClientConfig.builder("phc_packaged").host(args[0])
                            .flagDefinitionsFile(Path.of(args[1]))
                            .build();
                    CaptureClient client = CaptureClients.create(config);
                    for (int i = 0; i < 1_000; i++) {
                        client.capture("user-" + i, "packaged", Map.of("i", i, "item", new Item("s", 1.25), "pojo", new Pojo()));
                        client.event("packaged").distinctId("user").put("i", i).put("f", 0.1).send();
                    }
                    FlagContext player = FlagContext.of("player-1", Map.of("email", "a@example.org"));
                    if (!client.flags().getFlag("lobby", player).isVariant("blue")
                            || client.flags().getPayload("lobby", player).flatMap(p -> p.as(Item.class)).orElseThrow().price() != 2.5
                            || client.flags().getPayload("lobby", player).flatMap(p -> p.as(Pojo.class)).isEmpty()) {
                        System.exit(8);
                    }
                    SegmentAnalytics analytics =
                            SegmentClients.create(SegmentConfig.builder("packaged").host(args[0]).build());
                    analytics.track("packaged").userId("user").put("pojo", new Pojo()).send();
                    analytics.enqueue(TrackMessage.builder("packaged").userId("user")
                            .properties(Properties.builder().price(2.5).put("item", new Item("s", 1.25)).build()).build());
                    var messages = analytics.close(Duration.ofSeconds(30));
                    if (!messages.drained() || !messages.threadsStopped() || messages.stats().delivered() != 2) {
                        System.exit(7);
                    }
                    var report = client.close(Duration.ofSeconds(30));
                    System.exit(report.drained() && report.threadsStopped() && report.stats().delivered() == 2_001 ? 0 : 9);
                }
            }
            """;

    private static final String FLAGS = """
            {"flags": [{"key": "lobby", "active": true, "filters": {
              "groups": [{"properties": [{"key": "email", "operator": "regex", "value": "@example\\\\.org$"}]}],
              "multivariate": {"variants": [{"key": "blue", "rollout_percentage": 100}]},
              "payloads": {"blue": "{\\"sku\\": \\"s\\", \\"price\\": 2.5}"}}}]}
            """;

    @TempDir
    private Path directory;

    static Set<Path> jdks() throws IOException {
        Set<Path> found = new TreeSet<>();
        List<Path> places = List.of(
                Path.of("/usr/lib/jvm"),
                Path.of("/opt/java"),
                Path.of(System.getProperty("user.home"), ".sdkman", "candidates", "java"));
        for (Path place : places) {
            if (Files.isDirectory(place)) {
                try (Stream<Path> homes = Files.list(place)) {
                    homes.filter(PackagedLibraryIT::isUsableJdk).forEach(home -> found.add(real(home)));
                }
            }
        }
        found.add(real(Path.of(System.getProperty("java.home"))));
        return found;
    }

    private static boolean isUsableJdk(Path home) {
        Path release = home.resolve("release");
        if (!Files.isExecutable(home.resolve("bin").resolve("javac")) || !Files.isRegularFile(release)) {
            return false;
        }
        try {
            return Files.readAllLines(release).stream()
                    .filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> line.replaceAll("[^0-9]*([0-9]+).*", "$1"))
                    .anyMatch(major -> Integer.parseInt(major) >= 17);
        } catch (IOException e) {
            return false;
        }
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path;
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void shouldRunSilentlyFromTheClassPathWithoutOptions(Path jdk) throws Exception {
        runConsumer(jdk, List.of("-cp", String.join(File.pathSeparator, runtimeJars())));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void shouldRunSilentlyFromTheModulePathWithoutOptions(Path jdk) throws Exception {
        runConsumer(
                jdk,
                List.of(
                        "-p",
                        String.join(File.pathSeparator, runtimeJars()),
                        "--add-modules",
                        "dev.penstock.client,dev.penstock.engine,org.slf4j.nop"));
    }

    private void runConsumer(Path jdk, List<String> path) throws Exception {
        Path source = Files.writeString(directory.resolve("Consumer.java"), CONSUMER);
        Path flags = Files.writeString(directory.resolve("flags.json"), FLAGS);
        Path out = directory.resolve("out.txt");
        Path err = directory.resolve("err.txt");
        try (Collector collector = Collector.start()) {
            List<String> command = new ArrayList<>();
            command.add(jdk.resolve("bin").resolve("java").toString());
            command.addAll(path);
            command.add(source.toString());
            command.add(collector.uri().toString());
            command.add(flags.toString());
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment()
                    .keySet()
                    .removeIf(name -> name.endsWith("JAVA_OPTIONS") || name.endsWith("JAVA_TOOL_OPTIONS"));
            Process process = builder.start();
            assertThat(process.waitFor(90, TimeUnit.SECONDS))
                    .as("ends by itself")
                    .isTrue();

            assertThat(Files.readString(err)).as("stderr").isEmpty();
            assertThat(Files.readString(out)).as("stdout").isEmpty();
            assertThat(process.exitValue()).isZero();
            assertThat(collector.stats().distinct()).isEqualTo(2_003);
            assertThat(collector.stats().segmentEvents()).isEqualTo(2);
            assertThat(collector.invalidReasons()).isEmpty();
        }
    }

    /** The engine and what it needs at run time, as jars; the tests' own libraries stay out. */
    private static List<String> runtimeJars() {
        List<String> jars = Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(System.getProperty("java.class.path"))
                .filter(entry -> entry.endsWith(".jar"))
                .filter(entry -> entry.matches(
                        ".*(penstock-client-api|penstock-engine|disruptor|agrona|jackson-|re2j|httpclient5|httpcore5"
                                + "|slf4j-api|slf4j-nop).*\\.jar"))
                .collect(Collectors.toList());
        assertThat(jars).as("class path of packaged jars").anyMatch(jar -> jar.contains("penstock-engine"));
        return jars;
    }
}

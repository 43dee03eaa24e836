package dev.penstock.engine.guide;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.collector.Collector;
import dev.penstock.collector.ReceivedEvent;
import dev.penstock.collector.ReceivedLogRecord;
import dev.penstock.collector.Route;
import dev.penstock.engine.testing.EngineThreadNames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the guide and the README show compiles, runs, and sends what they say. */
class GuideTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static ExampleCompiler compiler;

    static List<GuidePage> pages() throws IOException {
        return GuidePage.all();
    }

    static List<GuideExample> examples() throws IOException {
        return pages().stream().flatMap(page -> page.examples().stream()).toList();
    }

    @BeforeAll
    static void compile() throws IOException {
        compiler = ExampleCompiler.compile(examples(), folder);
    }

    @AfterAll
    static void close() throws IOException {
        compiler.close();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void shouldHaveAnExampleThatRunsOnEveryPage(GuidePage page) {
        assertThat(page.examples()).hasSizeGreaterThanOrEqualTo(1).hasSize(page.claims());
        assertThat(page.examples().stream()
                        .filter(example -> example.form().isPresent())
                        .count())
                .isEqualTo(page.claimedForms());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void shouldLinkToFilesAndSectionsThatExist(GuidePage page) throws IOException {
        for (GuidePage.Link link : page.links()) {
            assertThat(link.file()).exists();
            if (link.section() != null) {
                assertThat(GuidePage.sections(link.file())).contains(link.section());
            }
        }
    }

    @Test
    void shouldBeFoundFromTheReadme() throws IOException {
        List<GuidePage> pages = pages();
        int readme = pages.size() - 1;

        assertThat(pages.get(readme).links())
                .extracting(GuidePage.Link::file)
                .containsAll(
                        pages.subList(0, readme).stream().map(GuidePage::path).toList());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldSendWhatThePageSays(GuideExample example) throws Throwable {
        try (Collector collector = Collector.start()) {
            compiler.run(example, collector.uri().toString());

            // A self check asks with batches that are empty.
            assertThat(collector.invalidReasons()).isSubsetOf("batch is empty");
            assertThat(collector.logs().invalidReasons()).isEmpty();
            assertThat(collector.events().stream().map(GuideTest::name))
                    .containsExactlyInAnyOrderElementsOf(example.events());
            assertThat(collector.logs().records().stream().map(ReceivedLogRecord::body))
                    .containsExactlyInAnyOrderElementsOf(example.logs());
            if (example.form().isPresent()) {
                assertThat(collector.events())
                        .isNotEmpty()
                        .extracting(GuideTest::form)
                        .containsOnly(JSON.readTree(example.form().get()));
            }
            EngineThreadNames.assertNone("default");
            EngineThreadNames.assertNone("segment");
        }
    }

    /** What arrived, without what differs from one time to the next. */
    private static JsonNode form(ReceivedEvent event) throws IOException {
        return ((ObjectNode) JSON.readTree(event.json())).without(List.of("messageId", "timestamp"));
    }

    private static String name(ReceivedEvent event) {
        return event.route() == Route.SEGMENT
                ? (event.fields().get("type") + " " + event.event()).strip()
                : event.event();
    }
}

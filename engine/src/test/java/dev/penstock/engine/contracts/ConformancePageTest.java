package dev.penstock.engine.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps the page about the contracts to what the tests prove. */
class ConformancePageTest {

    private static final int CONTRACTS = 62;
    private static final int APPLICABLE = 35;
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
    private static final String TOTAL = "| %s | %d |";

    private final List<String> page = lines(Path.of("..", "docs", "conformance.md"));
    private final List<Row> rows = page.stream()
            .filter(line -> line.startsWith("| `"))
            .map(ConformancePageTest::row)
            .toList();
    private final Set<String> tests = testClasses();

    /** One contract. */
    private record Row(String contract, String applicable, String met, List<String> proof, String remark) {

        boolean isMetAtLeastInPart() {
            return Set.of("yes", "server part", "in part").contains(met);
        }
    }

    private static Row row(String line) {
        List<String> cells =
                Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
        assertThat(cells).as(line).hasSize(7);
        return new Row(quoted(cells.get(1)).get(0), cells.get(2), cells.get(3), quoted(cells.get(4)), cells.get(5));
    }

    private static List<String> quoted(String cell) {
        return QUOTED.matcher(cell)
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new AssertionError("the page is not where it should be: " + file.toAbsolutePath(), e);
        }
    }

    private static Set<String> testClasses() {
        try (Stream<Path> files = Files.walk(Path.of(ConformancePageTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI()))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Test.class"))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException | URISyntaxException e) {
            throw new AssertionError("the test classes cannot be listed", e);
        }
    }

    private long count(String applicable, String met) {
        return rows.stream()
                .filter(row -> row.applicable().equals(applicable))
                .filter(row -> row.met().equals(met))
                .count();
    }

    @Test
    void shouldHaveARowForEveryContractInOrder() {
        assertThat(rows).hasSize(CONTRACTS);
        assertThat(rows).extracting(Row::contract).isSorted().doesNotHaveDuplicates();
        assertThat(rows).filteredOn(row -> row.applicable().equals("yes")).hasSize(APPLICABLE);
    }

    @Test
    void shouldUseItsOwnWordsOnly() {
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.applicable()).isIn("yes", "offered", "no");
            assertThat(row.met()).isIn("yes", "server part", "in part", "no", "-");
            assertThat(row.met().equals("-")).isEqualTo(row.applicable().equals("no"));
        });
    }

    @Test
    void shouldNameOnlyTestsThatExist() {
        assertThat(rows).allSatisfy(row -> assertThat(tests).containsAll(row.proof()));
    }

    @Test
    void shouldProveWhatItCallsMetAndNothingElse() {
        assertThat(rows).allSatisfy(row -> assertThat(row.proof().isEmpty()).isEqualTo(!row.isMetAtLeastInPart()));
    }

    @Test
    void shouldNameEveryContractTest() {
        Set<String> named = rows.stream().flatMap(row -> row.proof().stream()).collect(Collectors.toSet());

        assertThat(tests)
                .filteredOn(name -> name.endsWith("ContractTest"))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(named).contains(name));
    }

    @Test
    void shouldSayWhyARowIsNotSimplyMet() {
        assertThat(rows)
                .filteredOn(row -> !row.met().equals("yes"))
                .allSatisfy(row -> assertThat(row.remark()).isNotBlank());
        assertThat(rows)
                .filteredOn(row -> row.applicable().equals("no"))
                .allSatisfy(row -> assertThat(row.remark()).contains("\""));
    }

    @Test
    void shouldAddUp() {
        assertThat(page)
                .contains(
                        TOTAL.formatted("applicable, met", count("yes", "yes")),
                        TOTAL.formatted("applicable, met but for what only a device has", count("yes", "server part")),
                        TOTAL.formatted("applicable, met in part", count("yes", "in part")),
                        TOTAL.formatted("applicable, not met", count("yes", "no")),
                        TOTAL.formatted(
                                "offered, although not asked of a server",
                                rows.stream()
                                        .filter(row -> row.applicable().equals("offered"))
                                        .count()),
                        TOTAL.formatted("not applicable", count("no", "-")));
    }
}

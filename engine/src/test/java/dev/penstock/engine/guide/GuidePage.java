package dev.penstock.engine.guide;

import dev.penstock.engine.guide.GuideExample.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the documentation.
 *
 * <p>A comment before a block of Java says that it runs, and what arrives at the host then: {@code <!-- runs, sends:
 * item bought, $identify; logs: ready -->}. Either part may be missing. Segment's messages are named by type and subject, {@code
 * track Level Up}. With {@code <!-- runs with analytics, ... -->} the block has an open Segment client by that name and the
 * imports of the page's first example. A block of JSON after {@code <!-- each arrives as -->} is what every message looks
 * like then.
 *
 * @param path where it is
 * @param text what is in it
 */
record GuidePage(Path path, String text) {

    private static final Path ROOT = Path.of(System.getProperty("basedir", ""))
            .toAbsolutePath()
            .normalize()
            .getParent();

    private static final Pattern RUNS = Pattern.compile(
            "(?s)<!-- runs(?<analytics> with analytics)?(?:, sends: (?<events>[^;>]+?))?(?:; logs: (?<logs>[^>]+?))? -->"
                    + "\\s*```java\\R(?<code>.*?)```"
                    + "(?:\\s*<!-- each arrives as -->\\s*```json\\R(?<form>.*?)```)?");

    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)(?<file>[^)#]*)(?:#(?<section>[^)]*))?\\)");

    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

    /**
     * Where a page leads to.
     *
     * @param file a file or folder
     * @param section a heading as it is in addresses, or null
     */
    record Link(Path file, String section) {}

    /** The pages of the guide and the README, in the order of their names. */
    static List<GuidePage> all() throws IOException {
        List<Path> paths = new ArrayList<>();
        try (Stream<Path> guide = Files.list(ROOT.resolve("docs/guide"))) {
            guide.filter(path -> path.toString().endsWith(".md")).sorted().forEach(paths::add);
        }
        paths.add(ROOT.resolve("README.md"));
        List<GuidePage> pages = new ArrayList<>();
        for (Path path : paths) {
            pages.add(new GuidePage(path, Files.readString(path)));
        }
        return pages;
    }

    String name() {
        return path.getFileName().toString().replace(".md", "");
    }

    List<GuideExample> examples() {
        List<GuideExample> examples = new ArrayList<>();
        Matcher found = RUNS.matcher(text);
        while (found.find()) {
            int line = (int) text.substring(0, found.start("code")).lines().count() + 1;
            Setting setting = found.group("analytics") == null
                    ? Setting.NONE
                    : Setting.analytics(examples.get(0).code());
            examples.add(new GuideExample(
                    name(),
                    line,
                    found.group("code"),
                    setting,
                    names(found.group("events")),
                    names(found.group("logs")),
                    Optional.ofNullable(found.group("form"))));
        }
        return examples;
    }

    /** How often the page says that something runs, whether or not a block of Java follows. */
    int claims() {
        return count("<!-- runs");
    }

    /** How often the page says what arrives, whether or not a block of JSON follows. */
    int claimedForms() {
        return count("<!-- each arrives as -->");
    }

    private int count(String words) {
        return text.split(words, -1).length - 1;
    }

    /** Everything of this project that the page links to. */
    List<Link> links() {
        List<Link> links = new ArrayList<>();
        Matcher found = LINK.matcher(text);
        while (found.find()) {
            String file = found.group("file");
            Path target = file.isEmpty() ? path : path.resolveSibling(file).normalize();
            links.add(new Link(target, found.group("section")));
        }
        return links;
    }

    /** The headings of a page, as they are in addresses. */
    static List<String> sections(Path page) throws IOException {
        return HEADING.matcher(Files.readString(page))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 -]", "")
                        .replace(' ', '-'))
                .toList();
    }

    private static List<String> names(String list) {
        return list == null ? List.of() : Arrays.asList(list.strip().split("\\s*,\\s*"));
    }

    @Override
    public String toString() {
        return name();
    }
}

package dev.penstock.engine.flags.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hashes, as every client of PostHog makes them. */
class BucketerTest {

    private static final int ROWS = 2_000;

    private final Bucketer bucketer = new Bucketer(Bucketer.SHA_1);
    private final EncodedId encoded = new EncodedId();
    private int evaluation;

    private long hash(String key, String id, String salt) {
        encoded.encode(id, ++evaluation);
        return bucketer.hash(
                (key + '.').getBytes(StandardCharsets.UTF_8), encoded, salt.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            emptyValue = "",
            value = {
                "simple-flag,user-1,'',bcb4b30a13e1f13,0.73713225360905432",
                "simple-flag,user-2,'',323f559d7b9fed8,0.19627890677259049",
                "simple-flag,user-1,variant,6bd2f249273f8c3,0.42118753705949369",
                "beta-feature,distinct_id_1,variant,d1c44da66778497,0.81940160095788983",
                "ключ,анна,'',57c8cd23e2f6fc5,0.34290773512017475",
                "flag,é,'',089afb317330c49,0.03361482579493031",
                "flag,🚀,'',0832a42cba107ad,0.03202272502864105",
                "flag, user ,'',d27c46d77fee083,0.82220881234382415"
            })
    void shouldHashAsOthersDo(String key, String id, String salt, String digits, double hash) {
        assertThat(hash(key, id, salt)).isEqualTo(Long.parseLong(digits, 16));
        assertThat(Rollout.share(hash(key, id, salt))).isEqualTo(hash);
    }

    @Test
    void shouldNotComposeCharacters() {
        assertThat(hash("flag", "\u00e9", "")).isEqualTo(0x089afb317330c49L);
        assertThat(hash("flag", "e\u0301", "")).isEqualTo(0xa9584188e3d5c07L);
    }

    @Test
    void shouldHashAWholeLongId() {
        assertThat(hash("flag", "x".repeat(1_000), "")).isEqualTo(0x820c8686fd4d2c6L);
    }

    @Test
    void shouldKnowNoBorderBetweenKeyIdAndSalt() {
        assertThat(hash("a.b", "c", "")).isEqualTo(hash("a", "b.c", ""));
        assertThat(hash("a", "xvariant", "")).isEqualTo(hash("a", "x", "variant"));
    }

    @Test
    void shouldKnowNoBorderBetweenIdAndSaltForIdsOfAnyLength() {
        for (int length = 0; length < 300; length++) {
            String id = "é".repeat(length / 2) + "x".repeat(length % 2);
            assertThat(hash("a", id + "variant", "")).as("%s", length).isEqualTo(hash("a", id, "variant"));
        }
    }

    @Test
    void shouldKnowNoBorderBetweenKeyAndIdForKeysOfAnyLength() {
        for (int length = 0; length < 300; length++) {
            String key = "k".repeat(length);
            assertThat(hash("a", key + ".x", "variant")).as("%s", length).isEqualTo(hash("a." + key, "x", "variant"));
        }
    }

    @Test
    void shouldHashTheSameWithEveryCopyOfTheDigest() {
        for (int i = 0; i < 70_000; i++) {
            assertThat(hash("simple-flag", "user-1", "")).isEqualTo(0xbcb4b30a13e1f13L);
        }
    }

    @Test
    void shouldEncodeALoneSurrogateAsTheReplacementCharacter() {
        assertThat(hash("a", "\ud83d", "")).isEqualTo(hash("a", "\ufffd", ""));
        assertThat(hash("a", "\ude80x", "")).isEqualTo(hash("a", "\ufffdx", ""));
        assertThat(hash("a", "\ud83d\ude80", "")).isNotEqualTo(hash("a", "\ufffd\ufffd", ""));
    }

    @Test
    void shouldNotKeepTheRoomForALargeId() {
        encoded.encode("x".repeat(1 << 20), ++evaluation);
        assertThat(hash("flag", "é", "")).isEqualTo(0x089afb317330c49L);
        assertThat(encoded.bytes().length).isLessThan(EncodedId.KEPT_BYTES);
    }

    @Test
    void shouldShareOneHoldoutHashBetweenFlags() {
        assertThat(encoded.holdout("user-1", ++evaluation, bucketer)).isEqualTo(0x2d9513d6c7762a4L);
        assertThat(encoded.holdout("анна", ++evaluation, bucketer)).isEqualTo(0x6da8592e5472b85L);
    }

    @Test
    void shouldSayThatThereIsNoHashWithoutTheAlgorithm() {
        Bucketer without = new Bucketer("no such algorithm");

        assertThat(without.isAvailable()).isFalse();
        assertThat(without.hash(new byte[1], encoded, new byte[0])).isEqualTo(Bucketer.UNAVAILABLE);
        without.reset();
    }

    @Test
    void shouldReproduceEveryRowOfTheTable() throws IOException {
        List<String> failures = new ArrayList<>();
        int rows = 0;
        for (List<String> row : table()) {
            double hash = Rollout.share(hash(row.get(0), row.get(1), row.get(2)));
            if (hash != Double.parseDouble(row.get(3))) {
                failures.add(row + " is " + hash);
            }
            rows++;
        }
        assertThat(failures).isEmpty();
        assertThat(rows).isEqualTo(ROWS);
    }

    /** The rows without the header; fields may be quoted. */
    static List<List<String>> table() throws IOException {
        String text;
        try (InputStream in = BucketerTest.class.getResourceAsStream("/flags/hash.csv")) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' && quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                field.append(text.charAt(++i));
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ',' || c == '\n')) {
                row.add(field.toString());
                field.setLength(0);
                if (c == '\n') {
                    rows.add(row);
                    row = new ArrayList<>();
                }
            } else {
                field.append(c);
            }
        }
        return rows.subList(1, rows.size());
    }
}

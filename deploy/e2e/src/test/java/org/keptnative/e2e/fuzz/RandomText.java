package org.keptnative.e2e.fuzz;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Names that some case before may have made, and texts that have broken programs before. */
final class RandomText {

    private static final List<String> NAMES = List.of("fuzz-a", "fuzz-b", "dev", "prod", "carts", "slo.yaml", "master");

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            ".",
            "..",
            "../..",
            "/",
            "//",
            "./x",
            "a/../b",
            ".git",
            ".git/config",
            ".gitmodules",
            "git~1",
            "\u0000",
            "a\u0000b",
            "\n",
            "\r\nx-token: y",
            "\t",
            "\u007f",
            "\u202e",
            "\ufeff",
            "\u00e9",
            "e\u0301",
            "\ud83d\ude00",
            "a\\b",
            "%",
            "%2e%2e",
            "%2F",
            "%00",
            "+",
            "a b",
            "'",
            "\"",
            "$where",
            "$gt",
            "a.b",
            "{}",
            "{\"$ne\":null}",
            "${jndi:x}",
            "<script>",
            "null",
            "true",
            "-1",
            "0",
            "1e999",
            "NaN",
            "9223372036854775808",
            "2147483647",
            "2147483648",
            "helm/x.tgz",
            "metadata.yaml",
            "shipyard.yaml",
            "0001-01-01T00:00:00Z",
            "2020-02-30T00:00:00Z",
            "9999-12-31T23:59:60Z",
            "sh.keptn.event.x",
            "[",
            "*");

    private final Random random;

    RandomText(Random random) {
        this.random = random;
    }

    String name() {
        return NAMES.get(random.nextInt(NAMES.size()));
    }

    String any() {
        return switch (random.nextInt(10)) {
            case 0, 1 -> name();
            case 2 -> "x".repeat(1 << random.nextInt(13));
            case 3 ->
                random.ints(1 + random.nextInt(20), 0, 0xd800)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
            default -> TEXTS.get(random.nextInt(TEXTS.size()));
        };
    }

    /** As a client would put it into a URL, and now and then encoded once more or not as it should be. */
    String encoded(String text) {
        String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
        return switch (random.nextInt(20)) {
            case 0 -> encoded.replace("%", "%25");
            case 1 -> encoded.replace("%2F", "/");
            case 2 -> encoded.replace("%2E", ".").replace(".", "%2e");
            default -> encoded;
        };
    }
}

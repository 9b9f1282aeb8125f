package org.keptnative.e2e.installation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the build has made and how it is started: Java archives, or executables where the build was asked for those. */
public final class Packaged {

    /** The processes of a test end before the second compiler pays. */
    private static final List<String> JVM =
            List.of("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-XX:TieredStopAtLevel=1");

    private static final Pattern LIMIT = Pattern.compile("limits:\\s+memory: (\\d+)Mi");

    private Packaged() {}

    /** The root folder of the repository. */
    public static Path root() {
        return Path.of(property("root")).normalize();
    }

    /** Whether the services are executables rather than Java archives. */
    public static boolean isNative() {
        return !property("packaged.api-service").endsWith(".jar");
    }

    /** Half of the container's memory, as for Java: {@code 256m}. */
    public static String heapOfManifest(String service) {
        try {
            Matcher limit = LIMIT.matcher(Files.readString(
                    root().resolve("deploy/kubernetes/base/generated/" + service + "/kubernetes.yml")));
            if (limit.find()) {
                return Integer.parseInt(limit.group(1)) / 2 + "m";
            }
            throw new IllegalStateException("the manifest of " + service + " has no limit of the memory");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> service(String name, String heap) {
        return command(Path.of(property("packaged." + name)), "-Xmx" + heap);
    }

    static List<String> embeddedMongo(Path file, int port) {
        List<String> command =
                command(root().resolve("deploy/local/embedded-mongodb/target/embedded-mongodb.jar"), "-Xmx256m");
        command.add(file.toString());
        command.add(Integer.toString(port));
        return command;
    }

    static List<String> gateway() {
        return List.of(root().resolve("deploy/gateway/start").toString());
    }

    private static List<String> command(Path packaged, String heap) {
        List<String> command = new ArrayList<>();
        if (packaged.toString().endsWith(".jar")) {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(JVM);
            command.addAll(List.of(heap, "-jar"));
            command.add(packaged.normalize().toString());
        } else {
            command.addAll(List.of(packaged.normalize().toString(), heap));
        }
        return command;
    }

    private static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("the system property " + name + " is missing; deploy/e2e/pom.xml sets it");
        }
        return value;
    }
}

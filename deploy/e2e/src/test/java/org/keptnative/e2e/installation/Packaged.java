package org.keptnative.e2e.installation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the build has made and how it is started: Java archives, or executables where the build was asked for those. */
public final class Packaged {

    /** The processes of a test end before the second compiler pays. */
    private static final List<String> JVM =
            List.of("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-XX:TieredStopAtLevel=1");

    private Packaged() {}

    /** The root folder of the repository. */
    public static Path root() {
        return Path.of(property("root")).normalize();
    }

    /** Whether the services are executables rather than Java archives. */
    public static boolean isNative() {
        return !property("packaged.api-service").endsWith(".jar");
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

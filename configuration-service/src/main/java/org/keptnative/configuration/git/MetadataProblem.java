package org.keptnative.configuration.git;

import java.util.Optional;
import java.util.stream.Stream;

/** Why the files that name the stages of a project cannot be read, as an upstream may bring them. */
final class MetadataProblem {

    private MetadataProblem() {}

    /** @return null when all is well */
    static String of(Snapshot master) {
        return Stream.of(ofMetadata(master), ofShipyard(master))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(null);
    }

    private static Optional<String> ofMetadata(Snapshot master) {
        Optional<byte[]> text = master.read(Metadata.FILE, Snapshot.MAX_METADATA);
        return text.isPresent()
                ? text.flatMap(metadata -> inYaml(Metadata.FILE, metadata))
                : Optional.of(Metadata.FILE + " is missing, or longer than " + Snapshot.MAX_METADATA + " bytes");
    }

    private static Optional<String> ofShipyard(Snapshot master) {
        return master.read(GitProject.SHIPYARD, Snapshot.MAX_METADATA)
                .flatMap(shipyard -> inYaml(GitProject.SHIPYARD, shipyard));
    }

    private static Optional<String> inYaml(String file, byte[] text) {
        try {
            YamlCheck.check(file, text);
            return Optional.empty();
        } catch (GitException e) {
            return Optional.of(e.getMessage());
        }
    }
}

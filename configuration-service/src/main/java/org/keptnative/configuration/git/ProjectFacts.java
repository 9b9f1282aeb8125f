package org.keptnative.configuration.git;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the files of the project level say about the project.
 *
 * @param created nanoseconds since the epoch; null when the metadata do not say
 * @param stageOrder the order of the stages: that of the shipyard, then that of their creation
 * @param shipyard the text of the shipyard; null when there is none
 */
record ProjectFacts(Long created, List<String> stageOrder, String shipyard) implements TreeCache.Sized {

    static final ProjectFacts NONE = new ProjectFacts(null, List.of(), null);

    /** A longer shipyard, in bytes, is a file like any other. */
    private static final int MAX_SHIPYARD = 1024 * 1024;

    static ProjectFacts of(Snapshot master) {
        byte[] metadata = master.read(Metadata.FILE, Snapshot.MAX_METADATA).orElse(new byte[0]);
        Optional<byte[]> shipyard = master.read(GitProject.SHIPYARD, MAX_SHIPYARD);
        List<String> order = Stream.concat(
                        Metadata.shipyardStages(shipyard.orElse(new byte[0])).stream(),
                        Metadata.stages(metadata).stream())
                .distinct()
                .toList();
        return new ProjectFacts(
                Metadata.created(metadata),
                order,
                shipyard.map(MarkedText::decode).orElse(null));
    }

    /** With what was imported besides. */
    ProjectFacts with(Imported imported) {
        return new ProjectFacts(
                imported.created() == null ? created : imported.created(),
                Stream.concat(stageOrder.stream(), imported.stages().stream())
                        .distinct()
                        .toList(),
                shipyard);
    }

    @Override
    public int bytes() {
        return 100 + 60 * stageOrder.size() + (shipyard == null ? 0 : 2 * shipyard.length());
    }
}

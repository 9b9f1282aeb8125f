package org.keptnative.configuration.git;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the files of the project level say about the project.
 *
 * @param created nanoseconds since the epoch; null when the metadata do not say
 * @param stageOrder the order of the stages: that of the shipyard, then that of their creation
 * @param shipyard the text of the shipyard; null when there is none
 * @param problem why the files may name less than there is; null when all is well
 */
record ProjectFacts(Long created, List<String> stageOrder, String shipyard, String problem) implements TreeCache.Sized {

    static final ProjectFacts NONE = new ProjectFacts(null, List.of(), null, null);

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
                shipyard.map(MarkedText::decode).orElse(null),
                MetadataProblem.of(master));
    }

    /** With what was imported besides. */
    ProjectFacts with(Imported imported) {
        return new ProjectFacts(
                imported.created() == null ? created : imported.created(),
                Stream.concat(stageOrder.stream(), imported.stages().stream())
                        .distinct()
                        .toList(),
                shipyard,
                problem);
    }

    /** Which branches are stages. While the files cannot be read, all are: else stages would vanish with their names. */
    List<String> stagesOf(Set<String> branches) {
        return Stream.concat(
                        stageOrder.stream().filter(branches::contains),
                        problem == null ? Stream.empty() : branches.stream().sorted())
                .filter(Names::isStage)
                .distinct()
                .toList();
    }

    @Override
    public int bytes() {
        return 100 + 60 * stageOrder.size() + (shipyard == null ? 0 : 2 * shipyard.length());
    }
}

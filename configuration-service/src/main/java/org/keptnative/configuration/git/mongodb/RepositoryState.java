package org.keptnative.configuration.git.mongodb;

import org.bson.Document;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.keptnative.configuration.git.Batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A repository as one of its versions has it: all that its document says.
 *
 * @param repository whose packs these are; another one when a project is made anew under its name
 * @param version grows with each change
 * @param refs by their full names
 * @param packs the newest ones last
 * @param turn of who asks others to wait; null when nobody does
 */
record RepositoryState(
        String repository, long version, SortedMap<String, ObjectId> refs, List<StoredPack> packs, Turn turn) {

    static final String REPOSITORY = "repository";
    static final String VERSION = "version";
    static final String REFS = "refs";
    static final String PACKS = "packs";
    static final String TURN = "turn";

    static RepositoryState empty() {
        return new RepositoryState(Ids.next(), 0, new TreeMap<>(), List.of(), null);
    }

    /** @param document may have only what says so */
    boolean isAt(Document document) {
        return isOf(document) && version == version(document);
    }

    /** Whether a document is that of this repository, in whatever version. */
    boolean isOf(Document document) {
        return repository.equals(document.getString(REPOSITORY));
    }

    /** Whether it is what a batch rests on, and each ref is where a command expects it. */
    boolean allows(Batch batch) {
        return (batch.base() == null || batch.base().equals(repository))
                && batch.refs().stream()
                        .allMatch(command -> at(command.getRefName()).equals(command.getOldId()));
    }

    /** Whether each ref is where a command moves it. */
    boolean has(List<ReceiveCommand> commands) {
        return commands.stream().allMatch(command -> at(command.getRefName()).equals(command.getNewId()));
    }

    RepositoryState with(List<ReceiveCommand> commands, List<StoredPack> added) {
        SortedMap<String, ObjectId> moved = new TreeMap<>(refs);
        for (ReceiveCommand command : commands) {
            if (command.getNewId().equals(ObjectId.zeroId())) {
                moved.remove(command.getRefName());
            } else {
                moved.put(command.getRefName(), command.getNewId());
            }
        }
        List<StoredPack> all = new ArrayList<>(packs);
        all.addAll(added);
        return new RepositoryState(repository, version + 1, moved, List.copyOf(all), null);
    }

    /** With one pack in place of several. */
    RepositoryState merged(List<StoredPack> former, StoredPack pack) {
        List<StoredPack> all = new ArrayList<>(List.of(pack));
        packs.stream().filter(other -> !former.contains(other)).forEach(all::add);
        return new RepositoryState(repository, version + 1, refs, List.copyOf(all), null);
    }

    Document toDocument(String id) {
        Document named = new Document();
        refs.forEach((name, target) -> named.append(field(name), target.name()));
        return new Document("_id", id)
                .append(REPOSITORY, repository)
                .append(VERSION, version)
                .append(REFS, named)
                .append(PACKS, packs.stream().map(StoredPack::toDocument).toList());
    }

    static RepositoryState of(Document document) {
        SortedMap<String, ObjectId> refs = new TreeMap<>();
        for (Map.Entry<String, Object> ref : document.get(REFS, Document.class).entrySet()) {
            refs.put(name(ref.getKey()), ObjectId.fromString((String) ref.getValue()));
        }
        return new RepositoryState(
                document.getString(REPOSITORY),
                version(document),
                refs,
                document.getList(PACKS, Document.class).stream()
                        .map(StoredPack::of)
                        .toList(),
                Turn.of(document.get(TURN, Document.class)));
    }

    /** The change of a document that has this state into one that has another. */
    Document changeTo(RepositoryState next) {
        Document set = new Document();
        Document unset = new Document();
        next.refs.forEach((name, target) -> {
            if (!target.equals(refs.get(name))) {
                set.append(REFS + "." + field(name), target.name());
            }
        });
        refs.keySet().stream()
                .filter(name -> !next.refs.containsKey(name))
                .forEach(name -> unset.append(REFS + "." + field(name), ""));
        if (turn != null) {
            unset.append(TURN, "");
        }
        Document change = new Document("$inc", new Document(VERSION, next.version - version));
        int kept = packs.size();
        if (next.packs.size() >= kept && next.packs.subList(0, kept).equals(packs)) {
            if (next.packs.size() > kept) {
                change.append("$push", new Document(PACKS, new Document("$each", next.documents(kept))));
            }
        } else {
            set.append(PACKS, next.documents(0));
        }
        if (!set.isEmpty()) {
            change.append("$set", set);
        }
        if (!unset.isEmpty()) {
            change.append("$unset", unset);
        }
        return change;
    }

    private List<Document> documents(int from) {
        return packs.subList(from, packs.size()).stream()
                .map(StoredPack::toDocument)
                .toList();
    }

    private ObjectId at(String ref) {
        return refs.getOrDefault(ref, ObjectId.zeroId());
    }

    /** A dot divides the name of a field; a colon is in the name of no ref. */
    private static String field(String ref) {
        return ref.replace('.', ':');
    }

    private static String name(String field) {
        return field.replace(':', '.');
    }

    private static long version(Document document) {
        return document.get(VERSION, Number.class).longValue();
    }
}

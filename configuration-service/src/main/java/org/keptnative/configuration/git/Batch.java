package org.keptnative.configuration.git;

import org.eclipse.jgit.transport.ReceiveCommand;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is published at once.
 *
 * @param base the identifier of the repository whose objects it rests on; null when it rests on none
 * @param objects become one pack
 * @param quarantines their objects are adopted
 * @param refs each moves if it is still where its command says; all or none. Where old and new are the same, the ref
 *     only has to be there
 */
public record Batch(
        String base, Collection<NewObject> objects, List<Quarantine> quarantines, List<ReceiveCommand> refs) {

    public Batch(Collection<NewObject> objects, List<Quarantine> quarantines, List<ReceiveCommand> refs) {
        this(null, objects, quarantines, refs);
    }

    /** The same, if a ref is where it is expected besides. */
    public Batch provided(ReceiveCommand expectation) {
        return moving(Stream.concat(Stream.of(expectation), refs.stream()).toList());
    }

    /** The same with other refs. */
    public Batch moving(List<ReceiveCommand> others) {
        return new Batch(base, objects, quarantines, others);
    }
}

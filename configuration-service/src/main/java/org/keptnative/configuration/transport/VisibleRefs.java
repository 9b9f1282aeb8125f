package org.keptnative.configuration.transport;

import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;

import java.util.Map;
import java.util.TreeMap;

/** What clients see of a repository: its branches and tags, not what the service keeps there for itself. */
final class VisibleRefs {

    private VisibleRefs() {}

    static Map<String, Ref> of(Map<String, Ref> all) {
        Map<String, Ref> visible = new TreeMap<>(all);
        visible.keySet()
                .removeIf(name -> !name.equals(Constants.HEAD)
                        && !name.startsWith(Constants.R_HEADS)
                        && !name.startsWith(Constants.R_TAGS));
        return visible;
    }
}

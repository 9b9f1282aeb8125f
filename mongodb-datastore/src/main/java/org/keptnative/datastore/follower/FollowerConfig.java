package org.keptnative.datastore.follower;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;

import java.util.List;
import java.util.Map;

/** Who gets which events. */
@ConfigMapping(prefix = "datastore.followers")
public interface FollowerConfig {

    @WithParentName
    Map<String, Entry> byName();

    interface Entry {

        /** Where events are posted to. */
        String url();

        /** Which types: exact, or with {@code *} for one part between dots and {@code >} for one or more at the end. */
        List<String> types();

        @WithDefault("true")
        boolean enabled();
    }
}

package org.keptnative.api.progress;

import io.smallrye.config.ConfigMapping;

import java.time.Duration;

/** How long and how much of the progress is kept for readers that are yet to come. */
@ConfigMapping(prefix = "progress")
interface ProgressConfig {

    /** From the last frame of a channel on. */
    Duration keepFor();

    /** Characters kept for one channel; its oldest frames go first. */
    int charactersPerChannel();

    /** Characters kept for all channels; the frames of the channel that was silent longest go first. */
    int characters();
}

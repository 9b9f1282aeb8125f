package org.keptnative.datastore.delivery;

/** How many parked deliveries were dealt with. */
public record ParkedCount(long deliveries) {}

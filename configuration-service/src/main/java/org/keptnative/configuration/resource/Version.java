package org.keptnative.configuration.resource;

/** @param version the head of the branch after a write, in 40 hexadecimal digits */
record Version(String version) {}

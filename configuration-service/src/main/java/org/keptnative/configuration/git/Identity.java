package org.keptnative.configuration.git;

/** Who stands in the commits as their author and committer; Git servers may check the address. */
public record Identity(String name, String email) {

    public static final Identity KEPTN = new Identity("keptn", "keptn@keptn.com");
}

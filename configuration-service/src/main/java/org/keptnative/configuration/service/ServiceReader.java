package org.keptnative.configuration.service;

import jakarta.inject.Singleton;
import org.keptnative.configuration.error.ApiException;
import org.keptnative.configuration.git.GitProject;
import org.keptnative.configuration.git.ProjectStore;
import org.keptnative.configuration.git.ServiceEntry;
import org.keptnative.configuration.git.Snapshot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Joins the services that Git holds with what happened to them. */
@Singleton
public class ServiceReader {

    private final ProjectStore projects;
    private final ServiceHistory history;

    ServiceReader(ProjectStore projects, ServiceHistory history) {
        this.projects = projects;
        this.history = history;
    }

    /** The services of each stage; the stages in their order. */
    public Map<String, List<ExpandedService>> byStage(GitProject project) {
        Map<String, List<ServiceEntry>> entries = new LinkedHashMap<>();
        for (String stage : project.stages()) {
            project.stage(stage).ifPresent(branch -> entries.put(stage, branch.services()));
        }
        return expand(project, entries);
    }

    List<ExpandedService> ofStage(String project, String stage) {
        GitProject repository = projects.get(project);
        return expand(repository, Map.of(stage, stage(repository, stage).services()))
                .get(stage);
    }

    ExpandedService get(String project, String stage, String service) {
        GitProject repository = projects.get(project);
        List<ServiceEntry> found = stage(repository, stage).services().stream()
                .filter(candidate -> candidate.name().equals(service))
                .toList();
        if (found.isEmpty()) {
            throw notFound();
        }
        return expand(repository, Map.of(stage, found)).get(stage).get(0);
    }

    List<ExpandedServiceWithStageInfo> ofProject(String project) {
        Map<String, ExpandedServiceWithStageInfo> services = new LinkedHashMap<>();
        byStage(projects.get(project)).forEach((stage, ofStage) -> {
            for (ExpandedService service : ofStage) {
                services.computeIfAbsent(
                                service.serviceName(),
                                name -> new ExpandedServiceWithStageInfo(
                                        name, service.creationDate(), new ArrayList<>()))
                        .stageInfo()
                        .add(new ServiceStageInfo(stage, service.deployedImage(), service.lastEventTypes()));
            }
        });
        return List.copyOf(services.values());
    }

    ExpandedServiceWithStageInfo get(String project, String service) {
        return ofProject(project).stream()
                .filter(candidate -> candidate.serviceName().equals(service))
                .findFirst()
                .orElseThrow(ServiceReader::notFound);
    }

    private Map<String, List<ExpandedService>> expand(GitProject project, Map<String, List<ServiceEntry>> entries) {
        List<ServiceId> ids = new ArrayList<>();
        entries.forEach((stage, services) -> services.forEach(service -> ids.add(id(project, stage, service))));
        Map<ServiceId, ServiceState> states = history.of(ids);
        Map<String, List<ExpandedService>> expanded = new LinkedHashMap<>();
        entries.forEach((stage, services) -> expanded.put(
                stage,
                services.stream()
                        .map(service ->
                                expand(service, states.getOrDefault(id(project, stage, service), ServiceState.NONE)))
                        .toList()));
        return expanded;
    }

    private static ServiceId id(GitProject project, String stage, ServiceEntry service) {
        return new ServiceId(project.name(), stage, service.name(), service.created());
    }

    private static ExpandedService expand(ServiceEntry service, ServiceState state) {
        return new ExpandedService(
                service.name(),
                service.created() == null ? null : service.created().toString(),
                state.deployedImage(),
                state.lastEventTypes(),
                state.openApprovals(),
                state.openRemediations());
    }

    private static Snapshot stage(GitProject project, String stage) {
        return project.stage(stage).orElseThrow(() -> ApiException.notFound("Stage not found"));
    }

    private static ApiException notFound() {
        return ApiException.notFound("Service not found");
    }
}

package org.keptnative.configuration.service;

import jakarta.inject.Singleton;
import org.keptnative.configuration.error.ApiException;
import org.keptnative.configuration.git.GitProject;
import org.keptnative.configuration.git.ProjectStore;
import org.keptnative.configuration.git.ServiceEntry;

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
        Map<String, Map<String, ServiceState>> states = history.of(project.name());
        Map<String, List<ExpandedService>> services = new LinkedHashMap<>();
        for (String stage : project.stages()) {
            project.stage(stage)
                    .ifPresent(branch -> services.put(
                            stage,
                            branch.services().stream()
                                    .map(service -> expand(service, states.getOrDefault(stage, Map.of())))
                                    .toList()));
        }
        return services;
    }

    List<ExpandedService> ofStage(String project, String stage) {
        List<ExpandedService> services = byStage(projects.get(project)).get(stage);
        if (services == null) {
            throw ApiException.notFound("Stage not found");
        }
        return services;
    }

    ExpandedService get(String project, String stage, String service) {
        return ofStage(project, stage).stream()
                .filter(candidate -> candidate.serviceName().equals(service))
                .findFirst()
                .orElseThrow(ServiceReader::notFound);
    }

    List<ExpandedServiceWithStageInfo> ofProject(String project) {
        Map<String, ExpandedServiceWithStageInfo> services = new LinkedHashMap<>();
        byStage(projects.get(project))
                .forEach((stage, ofStage) -> ofStage.forEach(service -> services.computeIfAbsent(
                                service.serviceName(),
                                name -> new ExpandedServiceWithStageInfo(
                                        name, service.creationDate(), new ArrayList<>()))
                        .stageInfo()
                        .add(new ServiceStageInfo(stage, service.deployedImage(), service.lastEventTypes()))));
        return List.copyOf(services.values());
    }

    ExpandedServiceWithStageInfo get(String project, String service) {
        return ofProject(project).stream()
                .filter(candidate -> candidate.serviceName().equals(service))
                .findFirst()
                .orElseThrow(ServiceReader::notFound);
    }

    private static ExpandedService expand(ServiceEntry service, Map<String, ServiceState> states) {
        ServiceState state = states.getOrDefault(service.name(), ServiceState.NONE);
        return new ExpandedService(
                service.name(),
                service.created() == null ? null : service.created().toString(),
                state.deployedImage(),
                state.lastEventTypes(),
                state.openApprovals(),
                state.openRemediations());
    }

    private static ApiException notFound() {
        return ApiException.notFound("Service not found");
    }
}

# What people type. Each target is a few lines; the work is in deploy/ or in Maven.

.PHONY: run stop import export test native test-native fuzz chaos exhaust manifests openapi images format clean

run: ## start the product on this machine; Ctrl-C stops it
	@deploy/local/run

stop: ## stop what `make run` started
	@deploy/local/stop

import: ## FROM=folder, or FROM_CONFIG=folder FROM_MONGODB=uri: what a Keptn 0.7 or `make export` left; DRY_RUN=yes, MOVE=yes
	@deploy/transfer/import

export: ## TO=folder: all projects with history and events, or PROJECT=name
	@deploy/transfer/export

test: ## all tests of all modules, end-to-end ones included
	@deploy/local/test

native: ## the executables of the three services; see deploy/native/build for what builds them
	@deploy/native/build

test-native: native ## the end-to-end tests against the executables
	@deploy/local/test -Dnative -DskipUnitTests -Dquarkus.native.reuse-existing=true -pl deploy/e2e -am

fuzz: ## N=n requests made at random from the OpenAPI documents; SEED=... for others
	@deploy/local/test -DskipUnitTests -Dit.test=FuzzIT -Dfailsafe.failIfNoSpecifiedTests=false \
	    -Dfuzz.cases=$(or $(N),20000) -Dfuzz.seed=$(or $(SEED),1) -pl deploy/e2e -am

chaos: ## kill processes under load, ROUNDS=n times, and look for what was lost; REPLICAS=3 of each service
	@deploy/local/test -DskipUnitTests -Dit.test=ChaosIT -Dfailsafe.failIfNoSpecifiedTests=false \
	    -Dchaos.rounds=$(or $(ROUNDS),60) -Dchaos.replicas=$(or $(REPLICAS),1) -pl deploy/e2e -am

exhaust: ## too many connections and uploads, a full disk, no file handles, a clock that jumps
	@deploy/local/test -DskipUnitTests -Dit.test='ExhaustionIT,FullDiskIT,ClockIT' \
	    -Dfailsafe.failIfNoSpecifiedTests=false -Dexhaustion -pl deploy/e2e -am

manifests: ## write deploy/kubernetes/base/generated anew
	mvn -q -B -ntp -DskipTests package

openapi: ## make what the services say about their APIs the agreed documents
	mvn -q -B -ntp -DskipTests package
	@for service in api-service configuration-service mongodb-datastore; do \
	    cp $$service/target/openapi/openapi.yaml $$service/openapi.yaml; \
	done

images: ## images of the executables; NATIVE=no for the JVM, BASE_IMAGE=... for another base
	@deploy/images/build

format: ## repair what the formatter check complains about
	mvn -q -B -ntp spotless:apply

clean: ## remove what was built; the data in .data stays
	mvn -q -B -ntp clean

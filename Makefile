# The commands of the project. `make` alone lists them.

SHELL := /bin/bash
.DEFAULT_GOAL := help

ROOST     := .build/release/roost
DATA_DIR  ?= .roost
LISTEN    ?= 127.0.0.1:8080
# Real text for the demo: the wikinews collection where it is beside the project, else the demo's own.
TEXTS     ?= $(wildcard ../shared/corpora/texts/wikinews.jsonl)

# Compose of either generation.
COMPOSE   ?= $(shell docker compose version >/dev/null 2>&1 && echo docker compose || echo docker-compose)
ROOST_PORT ?= 8080
export ROOST_PORT

# Without a Swift toolchain, but with Docker, everything runs in Swift's own image.
ifeq ($(shell command -v swift),)
ifneq ($(shell command -v docker),)
IN_IMAGE := Scripts/in-image
endif
endif

.PHONY: help setup build demo run test bench format check gateway up flow down clean

help: ## List the commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

ifdef IN_IMAGE
setup build demo run test bench format check gateway:
	@$(IN_IMAGE) make $@ DATA_DIR=$(DATA_DIR) LISTEN=$(LISTEN)
else
setup: ## Install what the build needs (apt, with sudo where needed)
	@Scripts/setup

build: setup ## Build the release binary
	swift build -c release --product roost

demo: build ## Show the whole flow on real text: memories in, a knowledge graph out
	$(ROOST) demo $(TEXTS)

run: build ## Keep every service running in one process at http://$(LISTEN)
	$(ROOST) run --data-dir $(DATA_DIR) --listen $(LISTEN)

test: setup ## Run every test that needs no server, and those whose server the environment names
	Scripts/test

bench: setup ## Measure, each figure beside its yardstick
	Scripts/bench

format: ## Format the code
	swift format -i -r --parallel Package.swift Sources Services Plugins Tests Benchmarks

check: setup ## Check the format and the generated code
	Scripts/check

gateway: setup ## Write the gateway's files anew from the services' routes
	swift build --product roost
	.build/debug/roost gateway > deploy/gateway/nginx.conf
	.build/debug/roost openapi > deploy/gateway/openapi.json
endif

up: ## Bring the platform up in containers: Kafka, PostgreSQL, a process for each service, one address
	$(COMPOSE) up -d --build
	@Scripts/compose-wait $(COMPOSE)
	@echo "Roost is at http://127.0.0.1:$(ROOST_PORT); make flow shows the flow, make down ends it."

flow: ## Show the flow through those containers
	$(COMPOSE) exec $(shell [ -t 0 ] || echo -T) memory roost demo --url=http://gateway:8080

down: ## Take them down; data stays in its volumes (docker compose down --volumes forgets it)
	$(COMPOSE) down

clean: ## Remove what was built
	rm -rf .build Benchmarks/.build
